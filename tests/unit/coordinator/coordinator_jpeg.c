/* Which bytes are a thumbnail: whole, one picture, not larger than what boards show. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "coordinator/telemetry/jpeg.h"

struct picture {
	uint8_t bytes[256];
	size_t size;
};

static void add(struct picture *picture, const void *bytes, size_t size)
{
	memcpy(picture->bytes + picture->size, bytes, size);
	picture->size += size;
}

static void add_frame(struct picture *picture, uint8_t marker, unsigned width, unsigned height,
	uint8_t components)
{
	uint8_t head[] = {0xff, marker, 0, (uint8_t)(8 + 3 * components), 8, (uint8_t)(height >> 8),
		(uint8_t)height, (uint8_t)(width >> 8), (uint8_t)width, components};
	const uint8_t component[] = {1, 0x11, 0};
	add(picture, head, sizeof(head));
	for (int i = 0; i < components; i++) {
		add(picture, component, sizeof(component));
	}
}

#define ADD(picture, ...)                                                                          \
	do {                                                                                       \
		const uint8_t bytes_[] = {__VA_ARGS__};                                            \
		add((picture), bytes_, sizeof(bytes_));                                            \
	} while (0)

static void add_scan(struct picture *picture)
{
	ADD(picture, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0);
	ADD(picture, 0x12, 0xff, 0, 0x34, 0xff, 0xd0, 0x56); /* stuffed, and a restart */
}

/* As an encoder writes it: application data, tables, frame, scan. */
static struct picture made(uint8_t marker, unsigned width, unsigned height, uint8_t components)
{
	struct picture picture = {.size = 0};
	ADD(&picture, 0xff, 0xd8, 0xff, 0xe0, 0, 4, 'J', 'F');
	ADD(&picture, 0xff, 0xdb, 0, 3, 0);
	add_frame(&picture, marker, width, height, components);
	ADD(&picture, 0xff, 0xff, 0xc4, 0, 3, 0); /* a fill byte before it */
	add_scan(&picture);
	ADD(&picture, 0xff, 0xd9);
	return picture;
}

static bool is_one(const struct picture *picture)
{
	return jpeg_is_thumbnail(picture->bytes, picture->size);
}

static bool fits(uint8_t marker, unsigned width, unsigned height, uint8_t components)
{
	struct picture picture = made(marker, width, height, components);
	return is_one(&picture);
}

static void pictures_are_taken(void **state)
{
	(void)state;
	assert_true(fits(0xc0, 192, 108, 3));
	assert_true(fits(0xc1, 192, 108, 3));
	assert_true(fits(0xc2, 192, 108, 3));
	assert_true(fits(0xc0, 1, 1, 1));
	assert_true(fits(0xc0, JPEG_WIDTH_MAX, JPEG_HEIGHT_MAX, 3));
}

static void larger_than_shown(void **state)
{
	(void)state;
	assert_false(fits(0xc0, JPEG_WIDTH_MAX + 1, 108, 3));
	assert_false(fits(0xc0, 192, JPEG_HEIGHT_MAX + 1, 3));
	assert_false(fits(0xc2, 65500, 65500, 1));
	assert_false(fits(0xc0, 192, 0, 3)); /* to be told later: by then it is too late */
	assert_false(fits(0xc0, 0, 108, 3));
	assert_false(fits(0xc0, 192, 108, 4));
	assert_false(fits(
		0xc3, 192, 108, 3)); /* lossless, arithmetic, hierarchical: no board shows it */
	assert_false(fits(0xc9, 192, 108, 3));
	assert_false(fits(0xc5, 192, 108, 3));
}

static void whole_or_not_at_all(void **state)
{
	(void)state;
	struct picture whole = made(0xc0, 192, 108, 3);
	for (size_t size = 0; size < whole.size; size++) {
		assert_false(jpeg_is_thumbnail(whole.bytes, size));
	}
	ADD(&whole, 0);
	assert_false(is_one(&whole));
}

static void two_sizes(void **state)
{
	(void)state;
	struct picture picture = {.size = 0};
	ADD(&picture, 0xff, 0xd8);
	add_frame(&picture, 0xc0, 192, 108, 1);
	add_frame(&picture, 0xc0, 640, 360, 1);
	add_scan(&picture);
	ADD(&picture, 0xff, 0xd9);
	assert_false(is_one(&picture));
	/* Behind the first scan as well, where nobody looks any more. */
	picture.size = 0;
	ADD(&picture, 0xff, 0xd8);
	add_frame(&picture, 0xc0, 192, 108, 1);
	add_scan(&picture);
	add_frame(&picture, 0xc0, 65500, 65500, 1);
	add_scan(&picture);
	ADD(&picture, 0xff, 0xd9);
	assert_false(is_one(&picture));
}

static void no_picture_in_it(void **state)
{
	(void)state;
	static const uint8_t bare[] = {0xff, 0xd8, 0xff, 0xd9};
	static const uint8_t png[] = {0x89, 'P', 'N', 'G'};
	struct picture picture = {.size = 0};
	assert_false(jpeg_is_thumbnail(bare, sizeof(bare)));
	assert_false(jpeg_is_thumbnail(png, sizeof(png)));
	assert_false(jpeg_is_thumbnail(bare, 0));
	ADD(&picture, 0xff, 0xd8);
	add_scan(&picture); /* of no size */
	ADD(&picture, 0xff, 0xd9);
	assert_false(is_one(&picture));
	picture.size = 0;
	ADD(&picture, 0xff, 0xd8);
	add_frame(&picture, 0xc0, 192, 108, 1);
	ADD(&picture, 0xff, 0xd9); /* without a scan */
	assert_false(is_one(&picture));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_are_taken),
		cmocka_unit_test(larger_than_shown),
		cmocka_unit_test(whole_or_not_at_all),
		cmocka_unit_test(two_sizes),
		cmocka_unit_test(no_picture_in_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
