#include "endpoint/cards/card_lines.h"

#include <string.h>

/* Against the square of the part of a line that stays empty. */
static double cost_of_joint(enum card_joint joint)
{
	switch (joint) {
	case CARD_JOINT_GOOD:
		return 0;
	case CARD_JOINT_FAIR:
		return 0.02;
	case CARD_JOINT_POOR:
		return 0.12;
	case CARD_JOINT_PARTS:
		break;
	}
	return 1.5;
}

struct ways {
	/* [lines][end]: the first `end` words in so many lines; below zero: impossible */
	double costs[CARD_LINES_MAX + 1][CARD_WORDS_MAX + 1];
	size_t starts[CARD_LINES_MAX + 1][CARD_WORDS_MAX + 1];
};

static void try_end(const struct card_word *words, double space, double width, size_t lines,
	size_t end, struct ways *ways)
{
	double used = -space;
	for (size_t start = end; start-- > 0;) {
		used += words[start].width + space;
		if (used > width) {
			return;
		}
		double before = ways->costs[lines - 1][start];
		if (before < 0) {
			continue;
		}
		double empty = (width - used) / width;
		double joint = start > 0 ? cost_of_joint(words[start].before) : 0;
		double cost = before + empty * empty + joint;
		if (ways->costs[lines][end] < 0 || cost < ways->costs[lines][end]) {
			ways->costs[lines][end] = cost;
			ways->starts[lines][end] = start;
		}
	}
}

static void forget(struct ways *ways)
{
	for (size_t lines = 0; lines <= CARD_LINES_MAX; lines++) {
		for (size_t end = 0; end <= CARD_WORDS_MAX; end++) {
			ways->costs[lines][end] = -1;
		}
	}
	ways->costs[0][0] = 0;
}

bool card_lines_break(const struct card_word *words, size_t n, double space, double width,
	size_t lines, struct card_lines *ret_lines)
{
	struct ways ways;
	if (n == 0 || n > CARD_WORDS_MAX || lines == 0 || lines > CARD_LINES_MAX) {
		return false;
	}
	forget(&ways);
	for (size_t line = 1; line <= lines; line++) {
		for (size_t end = line; end <= n; end++) {
			try_end(words, space, width, line, end, &ways);
		}
	}
	if (ways.costs[lines][n] < 0) {
		return false;
	}
	*ret_lines = (struct card_lines){.n = lines};
	for (size_t line = lines, end = n; line > 0; line--) {
		end = ways.starts[line][end];
		ret_lines->starts[line - 1] = end;
		ret_lines->parted += end > 0 && words[end].before == CARD_JOINT_PARTS;
	}
	return true;
}

bool card_lines_fill(const struct card_word *words, size_t n, double space, double width,
	size_t lines_max, struct card_lines *ret_lines)
{
	for (size_t lines = 1; lines <= lines_max; lines++) {
		struct card_lines more;
		if (!card_lines_break(words, n, space, width, lines, ret_lines)) {
			continue;
		}
		if (ret_lines->parted > 0 && lines < lines_max &&
			card_lines_break(words, n, space, width, lines + 1, &more) &&
			more.parted < ret_lines->parted) {
			*ret_lines = more;
		}
		return true;
	}
	return false;
}
