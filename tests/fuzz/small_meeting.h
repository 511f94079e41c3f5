/* A meeting to begin with, as commands: three sites and one list. */
#ifndef DIEMCAU_TESTS_FUZZ_SMALL_MEETING_H
#define DIEMCAU_TESTS_FUZZ_SMALL_MEETING_H

/* Elements of an array of strings. */
#define SMALL_MEETING                                                                              \
	"{\"name\":\"meeting.create\",\"args\":{\"meeting\":\"m\",\"name\":\"M\",\"host\":"        \
	"\"H\",\"place\":\"P\",\"date\":\"2022-07-15\",\"title_lines\":[],\"utc_offset\":"         \
	"420,\"form\":\"state\",\"speed\":1,\"rehearsal\":false}}",                                \
		"{\"name\":\"site.add\",\"args\":{\"site\":\"hn\",\"number\":1,\"name\":\"Hn\","   \
		"\"short_code\":\"HN\",\"region\":\"R\",\"kind\":\"main\",\"has_content\":true}}", \
		"{\"name\":\"site.add\",\"args\":{\"site\":\"a\",\"number\":2,\"name\":\"A\","     \
		"\"short_code\":\"A\",\"region\":\"R\",\"kind\":\"remote\",\"has_content\":true}"  \
		"}",                                                                               \
		"{\"name\":\"site.add\",\"args\":{\"site\":\"b\",\"number\":3,\"name\":\"B\","     \
		"\"short_code\":\"B\",\"region\":\"R\",\"kind\":\"remote\",\"has_content\":false}" \
		"}",                                                                               \
		"{\"name\":\"list.add\",\"args\":{\"list\":\"l\",\"title\":\"L\"}}"

#endif
