#include "coordinator/print/word_document.h"

#include <errno.h>
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "coordinator/print/word_body.h"
#include "coordinator/print/word_parts.h"

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

/* The same page gives the same bytes: midnight of 1 January 1980, the first that ZIP knows. */
enum { NO_TIME = 0, FIRST_DAY = 1 << 5 | 1, PARTY_HALF_POINTS = 28, HALF_POINTS = 26 };

/* A text that is written piece by piece. */
struct part {
	FILE *out;
	char *text;
	size_t length;
};

static int part_begin(struct part *part)
{
	*part = (struct part){0};
	part->out = open_memstream(&part->text, &part->length);
	return part->out ? 0 : -ENOMEM;
}

static int part_end(struct part *part)
{
	bool failed = ferror(part->out) != 0;
	failed = fclose(part->out) != 0 || failed;
	if (failed) {
		free(part->text);
		part->text = NULL;
	}
	return failed ? -ENOMEM : 0;
}

/* ---- parts of the page ---- */

static int write_document(const xmlNode *body, struct part *part)
{
	int r = part_begin(part);
	if (r < 0) {
		return r;
	}
	fputs(XML "<w:document "
		  "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
		  "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/"
		  "relationships\"><w:body>\n",
		part->out);
	word_body_write(part->out, body);
	fprintf(part->out, "%s</w:body></w:document>", word_section);
	return part_end(part);
}

static int write_styles(const xmlNode *html, const xmlNode *body, struct part *part)
{
	const xmlAttr *language = html->properties;
	bool english = language && language->children &&
		       strcmp((const char *)language->children->content, "en") == 0;
	int r = part_begin(part);
	if (r < 0) {
		return r;
	}
	word_styles_write(part->out,
		&(struct word_look){word_has_kind(body, "party") ? PARTY_HALF_POINTS : HALF_POINTS,
			english ? "en-GB" : "vi-VN"});
	return part_end(part);
}

static int write_properties(const xmlNode *html, struct part *part)
{
	const xmlNode *title = word_child(word_child(html, "head"), "title");
	int r = part_begin(part);
	if (r < 0) {
		return r;
	}
	fputs(XML "<cp:coreProperties "
		  "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/"
		  "core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>",
		part->out);
	if (title && title->children) {
		word_write_text(part->out, (const char *)title->children->content);
	}
	fputs("</dc:title></cp:coreProperties>", part->out);
	return part_end(part);
}

/* ---- the package ---- */

static bool add(zip_t *package, const char *name, const char *text, size_t length)
{
	zip_source_t *source = zip_source_buffer(package, text, length, 0);
	zip_int64_t at = source ? zip_file_add(package, name, source, ZIP_FL_ENC_UTF_8) : -1;
	if (at < 0) {
		zip_source_free(source);
		return false;
	}
	return zip_file_set_dostime(package, (zip_uint64_t)at, NO_TIME, FIRST_DAY, 0) == 0;
}

struct parts {
	struct part document, styles, properties;
};

static bool add_parts(zip_t *package, const struct parts *parts)
{
	const struct {
		const char *name, *text;
		size_t length;
	} files[] = {
		{"[Content_Types].xml", word_content_types, strlen(word_content_types)},
		{"_rels/.rels", word_relations, strlen(word_relations)},
		{"word/document.xml", parts->document.text, parts->document.length},
		{"word/_rels/document.xml.rels", word_document_relations,
			strlen(word_document_relations)},
		{"word/styles.xml", parts->styles.text, parts->styles.length},
		{"word/header1.xml", word_page_header, strlen(word_page_header)},
		{"docProps/core.xml", parts->properties.text, parts->properties.length},
	};
	bool whole = true;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]) && whole; i++) {
		whole = add(package, files[i].name, files[i].text, files[i].length);
	}
	return whole;
}

static int read_back(zip_source_t *source, char **ret_bytes, size_t *ret_size)
{
	zip_stat_t stat;
	char *bytes = NULL;
	if (zip_source_stat(source, &stat) == 0 && zip_source_open(source) == 0) {
		bytes = malloc((size_t)stat.size);
		if (bytes && zip_source_read(source, bytes, stat.size) != (zip_int64_t)stat.size) {
			free(bytes);
			bytes = NULL;
		}
		zip_source_close(source);
	}
	if (!bytes) {
		return -ENOMEM;
	}
	*ret_bytes = bytes;
	*ret_size = (size_t)stat.size;
	return 0;
}

static int pack(const struct parts *parts, char **ret_bytes, size_t *ret_size)
{
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *package = source ? zip_open_from_source(source, ZIP_TRUNCATE, NULL) : NULL;
	if (!package) {
		zip_source_free(source);
		return -ENOMEM;
	}
	zip_source_keep(source);
	int r = 0;
	if (!add_parts(package, parts) || zip_close(package) != 0) {
		zip_discard(package);
		r = -ENOMEM;
	}
	r = r == 0 ? read_back(source, ret_bytes, ret_size) : r;
	zip_source_free(source);
	return r;
}

static int write_parts(const xmlNode *html, struct parts *parts)
{
	const xmlNode *body = word_child(html, "body");
	if (!body) {
		return -EBADMSG;
	}
	int r = write_document(body, &parts->document);
	r = r == 0 ? write_styles(html, body, &parts->styles) : r;
	return r == 0 ? write_properties(html, &parts->properties) : r;
}

int word_document(const char *page, size_t length, char **ret_bytes, size_t *ret_size)
{
	xmlDoc *doc = xmlReadMemory(page, (int)length, NULL, "UTF-8",
		XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	const xmlNode *html = doc ? xmlDocGetRootElement(doc) : NULL;
	struct parts parts = {0};
	int r = html ? write_parts(html, &parts) : -EBADMSG;
	r = r == 0 ? pack(&parts, ret_bytes, ret_size) : r;
	free(parts.document.text);
	free(parts.styles.text);
	free(parts.properties.text);
	xmlFreeDoc(doc);
	return r;
}
