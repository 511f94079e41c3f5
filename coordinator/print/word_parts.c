/*
 * Sizes are those of the page's style (minutes/html_letterhead.c): Decree 30/2020/NĐ-CP, Annex I,
 * and Guidance 36-HD/VPTW. Lengths are in twentieths of a point, sizes in half points.
 */
#include "coordinator/print/word_parts.h"

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define OFFICE "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

const char word_content_types[] = XML
	"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
	"<Default Extension=\"rels\" "
	"ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
	"<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
	"<Override PartName=\"/word/document.xml\" ContentType=\"" OFFICE "document.main+xml\"/>"
	"<Override PartName=\"/word/styles.xml\" ContentType=\"" OFFICE "styles+xml\"/>"
	"<Override PartName=\"/word/header1.xml\" ContentType=\"" OFFICE "header+xml\"/>"
	"<Override PartName=\"/docProps/core.xml\" "
	"ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
	"</Types>";

const char word_relations[] =
	XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
	    "<Relationship Id=\"rId1\" Type=\"" RELATION "officeDocument\" "
	    "Target=\"word/document.xml\"/>"
	    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/"
	    "relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
	    "</Relationships>";

const char word_document_relations[] =
	XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
	    "<Relationship Id=\"rId1\" Type=\"" RELATION "styles\" Target=\"styles.xml\"/>"
	    "<Relationship Id=\"rId2\" Type=\"" RELATION "header\" Target=\"header1.xml\"/>"
	    "</Relationships>";

const char word_page_header[] =
	XML "<w:hdr " W "><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr>"
	    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>"
	    "<w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>"
	    "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:hdr>";

/* A4; 20 mm above and below, 30 mm left, 15 mm right. */
const char word_section[] =
	"<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId2\"/>"
	"<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
	"<w:pgMar w:top=\"1134\" w:right=\"850\" w:bottom=\"1134\" w:left=\"1701\" "
	"w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/><w:titlePg/></w:sectPr>";

/* A style of paragraphs: what it is called, how they stand, how their letters look. */
struct style {
	const char *id;
	const char *name;
	const char *paragraph;
	const char *letters;
};

#define CENTRED "<w:jc w:val=\"center\"/>"
#define KEPT "<w:keepNext/>"
#define BOLD "<w:b/>"
#define SIZE(half_points) "<w:sz w:val=\"" half_points "\"/>"

static const struct style styles[] = {
	{"Title", "Title", KEPT "<w:spacing w:before=\"360\" w:after=\"60\"/>" CENTRED,
		BOLD SIZE("30")},
	{"Subtitle", "Subtitle", KEPT "<w:spacing w:after=\"60\"/>" CENTRED, BOLD},
	{"Dashes", "Dashes", "<w:spacing w:before=\"0\" w:after=\"200\"/>" CENTRED, ""},
	{"SubjectRule", "Subject Rule",
		"<w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"0\" "
		"w:color=\"auto\"/></w:pBdr>"
		"<w:spacing w:before=\"0\" w:after=\"120\"/>"
		"<w:ind w:left=\"3200\" w:right=\"3200\"/>",
		SIZE("8")},
	{"Heading1", "heading 1",
		KEPT "<w:spacing w:before=\"280\" w:after=\"100\"/><w:outlineLvl w:val=\"0\"/>",
		BOLD},
	{"Heading2", "heading 2",
		KEPT "<w:spacing w:before=\"200\" w:after=\"60\"/><w:outlineLvl w:val=\"1\"/>",
		BOLD SIZE("24")},
	{"BodyText", "Body Text",
		"<w:spacing w:before=\"80\" w:after=\"80\"/><w:ind w:firstLine=\"567\"/>"
		"<w:jc w:val=\"both\"/>",
		""},
	{"ListDash", "List Dash", "<w:ind w:left=\"567\"/><w:jc w:val=\"both\"/>", ""},
	{"Level", "Level", KEPT "<w:spacing w:before=\"100\"/><w:ind w:left=\"567\"/>", BOLD},
	{"Note", "Note", "", "<w:i/>"},
	{"Topic", "Topic", "", "<w:color w:val=\"333333\"/>" SIZE("21")},
	{"Framed", "Framed",
		"<w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"3\" w:color=\"auto\"/>"
		"<w:left w:val=\"single\" w:sz=\"6\" w:space=\"3\" w:color=\"auto\"/>"
		"<w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"3\" w:color=\"auto\"/>"
		"<w:right w:val=\"single\" w:sz=\"6\" w:space=\"3\" "
		"w:color=\"auto\"/></w:pBdr>" CENTRED,
		BOLD},
	{"Addressed", "Addressed", "<w:spacing w:after=\"160\"/>" CENTRED, SIZE("28")},
	{"HeadBody", "Head Body", "<w:spacing w:before=\"0\" w:after=\"0\"/>" CENTRED,
		"<w:caps/>" SIZE("25")},
	{"HeadLine", "Head Line", "<w:spacing w:before=\"0\" w:after=\"0\"/>" CENTRED, SIZE("25")},
	{"HeadLined", "Head Lined",
		"<w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"1\" "
		"w:color=\"auto\"/></w:pBdr>"
		"<w:spacing w:before=\"0\" w:after=\"0\"/><w:ind w:left=\"1000\" "
		"w:right=\"1000\"/>" CENTRED,
		SIZE("26")},
	{"HeadNumber", "Head Number", "<w:spacing w:before=\"160\" w:after=\"0\"/>" CENTRED, ""},
	{"HeadDate", "Head Date", "<w:spacing w:before=\"160\" w:after=\"0\"/>" CENTRED, "<w:i/>"},
	{"HeadRule", "Head Rule",
		"<w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"0\" "
		"w:color=\"auto\"/></w:pBdr>"
		"<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"100\" w:lineRule=\"exact\"/>"
		"<w:ind w:left=\"1150\" w:right=\"1150\"/>",
		SIZE("8")},
	{"Signature", "Signature", KEPT "<w:spacing w:before=\"0\" w:after=\"0\"/>" CENTRED, ""},
	{"SignedAs", "Signed As", KEPT "<w:spacing w:before=\"0\" w:after=\"0\"/>" CENTRED,
		"<w:caps/>"},
	{"SignatureRoom", "Signature Room", "<w:spacing w:before=\"1200\" w:after=\"0\"/>" CENTRED,
		""},
	{"Recipients", "Recipients", "<w:spacing w:before=\"0\" w:after=\"0\"/>", SIZE("22")},
	{"RecipientsHead", "Recipients Head", "<w:spacing w:before=\"0\" w:after=\"0\"/>",
		SIZE("24")},
	{"TableText", "Table Text", "<w:spacing w:before=\"20\" w:after=\"20\"/>", SIZE("22")},
	{"TableHead", "Table Head", "<w:spacing w:before=\"20\" w:after=\"20\"/>", BOLD SIZE("22")},
	{"AfterTable", "After Table",
		"<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"120\" w:lineRule=\"exact\"/>",
		SIZE("8")},
	{"Header", "header", CENTRED, SIZE("26")},
};

static const char table_styles[] =
	"<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\">"
	"<w:name w:val=\"Normal Table\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>"
	"<w:tblCellMar><w:left w:w=\"80\" w:type=\"dxa\"/><w:right w:w=\"80\" w:type=\"dxa\"/>"
	"</w:tblCellMar></w:tblPr></w:style>"
	"<w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/>"
	"<w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>"
	"<w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"444444\"/>"
	"<w:left w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"444444\"/>"
	"<w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"444444\"/>"
	"<w:right w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"444444\"/>"
	"<w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"444444\"/>"
	"<w:insideV w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"444444\"/>"
	"</w:tblBorders></w:tblPr></w:style>";

void word_styles_write(FILE *out, const struct word_look *look)
{
	fprintf(out,
		XML "<w:styles " W "><w:docDefaults><w:rPrDefault><w:rPr>"
		    "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" "
		    "w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/>"
		    "<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/><w:lang w:val=\"%s\"/>"
		    "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
		    "<w:spacing w:before=\"40\" w:after=\"40\" w:line=\"276\" w:lineRule=\"auto\"/>"
		    "</w:pPr></w:pPrDefault></w:docDefaults>"
		    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">"
		    "<w:name w:val=\"Normal\"/></w:style>",
		look->half_points, look->half_points, look->language);
	for (size_t i = 0; i < sizeof(styles) / sizeof(styles[0]); i++) {
		fprintf(out,
			"<w:style w:type=\"paragraph\" w:styleId=\"%s\"><w:name w:val=\"%s\"/>"
			"<w:basedOn w:val=\"Normal\"/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>",
			styles[i].id, styles[i].name, styles[i].paragraph, styles[i].letters);
	}
	fprintf(out, "%s</w:styles>", table_styles);
}
