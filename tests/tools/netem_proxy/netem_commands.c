/* Commands on standard input: see netem_commands.h. */
#include "tests/tools/netem_proxy/netem_commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void set_rule(struct site_path *path, const char *way, const struct impairment *rule)
{
	if (!way || strcmp(way, "up") == 0) {
		path->ways[UP].rule = *rule;
	}
	if (!way || strcmp(way, "down") == 0) {
		path->ways[DOWN].rule = *rule;
	}
}

/* Words after `site N`: pairs of name and number, then a direction. False if one is unknown. */
static bool read_rule(struct impairment *rule, const char **ret_way)
{
	for (char *word = strtok(NULL, " \n"); word; word = strtok(NULL, " \n")) {
		if (strcmp(word, "up") == 0 || strcmp(word, "down") == 0) {
			*ret_way = word;
			continue;
		}
		if (strcmp(word, "cut") == 0) {
			rule->cut = true;
			continue;
		}
		char *number = strtok(NULL, " \n");
		if (!number) {
			return false;
		}
		if (strcmp(word, "loss") == 0) {
			rule->loss = atof(number) / 100;
		} else if (strcmp(word, "burst") == 0) {
			rule->burst = atof(number);
		} else if (strcmp(word, "delay") == 0) {
			rule->delay_us = (int64_t)(atof(number) * 1000);
		} else if (strcmp(word, "jitter") == 0) {
			rule->jitter_us = (int64_t)(atof(number) * 1000);
		} else if (strcmp(word, "late") == 0) {
			rule->late_us = (int64_t)(atof(number) * 1000);
		} else {
			return false;
		}
	}
	return true;
}

static bool command_site(struct netem_proxy *proxy)
{
	const char *number = strtok(NULL, " \n");
	struct site_path *path = number ? netem_proxy_path(proxy, (uint16_t)atoi(number)) : NULL;
	char *verb = strtok(NULL, "\n");
	struct impairment rule = {.burst = 1};
	const char *way = NULL;
	char words[128];

	if (!path || !verb || strlen(verb) + 3 > sizeof(words)) {
		return false;
	}
	if (strcmp(verb, "move") == 0) {
		netem_proxy_move(proxy, path);
		return true;
	}
	if (strcmp(verb, "clear") != 0) {
		snprintf(words, sizeof(words), "- %s", verb);
		strtok(words, " ");
		if (!read_rule(&rule, &way)) {
			return false;
		}
	}
	set_rule(path, way, &rule);
	return true;
}

static bool command_all(struct netem_proxy *proxy)
{
	const char *verb = strtok(NULL, " \n");
	struct impairment rule = {.burst = 1};

	if (!verb || (strcmp(verb, "cut") != 0 && strcmp(verb, "clear") != 0)) {
		return false;
	}
	rule.cut = strcmp(verb, "cut") == 0;
	for (size_t i = 0; i < proxy->n_paths; i++) {
		set_rule(&proxy->paths[i], NULL, &rule);
	}
	return true;
}

static bool command_stats(struct netem_proxy *proxy)
{
	const char *number = strtok(NULL, " \n");
	const struct site_path *path =
		number ? netem_proxy_path(proxy, (uint16_t)atoi(number)) : NULL;

	if (!path) {
		return false;
	}
	printf("stats %u up %llu %llu down %llu %llu\n", path->site,
		(unsigned long long)path->ways[UP].passed, (unsigned long long)path->ways[UP].lost,
		(unsigned long long)path->ways[DOWN].passed,
		(unsigned long long)path->ways[DOWN].lost);
	return true;
}

bool netem_command_read(struct netem_proxy *proxy)
{
	char line[256];
	bool good = false;

	if (!fgets(line, sizeof(line), stdin)) {
		return false;
	}
	const char *word = strtok(line, " \n");
	if (word && strcmp(word, "site") == 0) {
		good = command_site(proxy);
	} else if (word && strcmp(word, "all") == 0) {
		good = command_all(proxy);
	} else if (word && strcmp(word, "stats") == 0) {
		good = command_stats(proxy);
	}
	puts(good ? "ok" : "error: not understood");
	return true;
}
