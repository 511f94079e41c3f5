// The dialect of the pages, beyond what the compiler checks. No warnings: a rule holds, or is not here.
import hooks from "eslint-plugin-react-hooks";
import { defineConfig } from "eslint/config";
import typescript from "typescript-eslint";

/** Folders whose files may not be taken by those of another: each knows what stands below it. */
const BELOW = {
  domain: ["net", "state", "ui", "features", "screens", "site_page"],
  net: ["state", "ui", "features", "screens", "site_page"],
  state: ["ui", "features", "screens", "site_page"],
  ui: ["features", "screens", "site_page"],
  screens: ["ui", "features", "site_page"],
};

const layers = Object.entries(BELOW).map(([folder, above]) => ({
  files: [`src/${folder}/**/*.{ts,tsx}`],
  rules: { "no-restricted-imports": ["error", { patterns: above.map((name) => ({ group: [`**/${name}/**`], message: `${folder} does not know ${name}` })) }] },
}));

export default defineConfig(
  { ignores: ["node_modules", "dist", "test-dist", "*.mjs", "**/*.d.ts", "words.ts"] },
  typescript.configs.strictTypeChecked,
  {
    files: ["src/**/*.{ts,tsx}", "test/**/*.{ts,tsx}"],
    plugins: { "react-hooks": hooks },
    languageOptions: { parserOptions: { project: "test/tsconfig.json", tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": ["error", { additionalHooks: "useDerived" }],
      curly: "error",
      eqeqeq: "error",
      "no-console": "error",
      "prefer-const": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/explicit-function-return-type": ["error", { allowExpressions: true, allowTypedFunctionExpressions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // Numbers stand in texts; a handler may be an arrow to what returns nothing.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-confusing-void-expression": "off",
    },
  },
  { files: ["**/*.tsx"], rules: { "@typescript-eslint/explicit-function-return-type": "off" } }, // what a component returns is what it draws
  { files: ["test/**"], rules: { "@typescript-eslint/no-floating-promises": "off" } }, // node:test waits for its own
  ...layers,
);
