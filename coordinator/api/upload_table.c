#include "coordinator/api/upload_table.h"

#include <string.h>

bool upload_is_programme(const struct upload_ticket *ticket)
{
	return ticket->ask.has_programme && ticket->ask.programme;
}

static bool is_of(const struct upload *upload, const struct actor *by)
{
	const struct actor *its = &upload->ticket.by;
	return its->has_site == by->has_site && its->has_account == by->has_account &&
	       strcmp(its->site, by->site) == 0 && strcmp(its->account, by->account) == 0;
}

struct upload *upload_find(struct upload_table *table, const char *number, const struct actor *by)
{
	for (size_t i = 0; i < UPLOADS_MAX; i++) {
		struct upload *upload = &table->list[i];
		if (upload->stage != UPLOAD_FREE && is_of(upload, by) &&
			strcmp(upload->ticket.upload, number) == 0) {
			return upload;
		}
	}
	return NULL;
}

struct upload *upload_find_ready(struct upload_table *table, const struct actor *by)
{
	for (size_t i = 0; i < UPLOADS_MAX; i++) {
		struct upload *upload = &table->list[i];
		if (upload->stage == UPLOAD_READY && is_of(upload, by)) {
			return upload;
		}
	}
	return NULL;
}

static bool is_under_way(const struct upload *upload)
{
	return upload->stage == UPLOAD_COMING || upload->stage == UPLOAD_RECORDING ||
	       upload->stage == UPLOAD_READY;
}

size_t upload_count(const struct upload_table *table, const struct actor *by)
{
	size_t n = 0;
	for (size_t i = 0; i < UPLOADS_MAX; i++) {
		const struct upload *upload = &table->list[i];
		n += is_under_way(upload) && is_of(upload, by);
	}
	return n;
}

static struct upload *find_place(struct upload_table *table)
{
	struct upload *oldest = NULL;
	for (size_t i = 0; i < UPLOADS_MAX; i++) {
		struct upload *upload = &table->list[i];
		if (upload->stage == UPLOAD_FREE) {
			return upload;
		}
		if (upload->stage == UPLOAD_DONE && !upload->busy &&
			(!oldest || upload->order < oldest->order)) {
			oldest = upload;
		}
	}
	return oldest;
}

struct upload *upload_enter(struct upload_table *table, const struct upload_ticket *ticket)
{
	struct upload *upload = find_place(table);
	if (upload) {
		memset(upload, 0, sizeof(*upload));
		upload->stage = UPLOAD_COMING;
		upload->ticket = *ticket;
		upload->order = ++table->order;
	}
	return upload;
}

int64_t upload_bytes(const struct upload_table *table)
{
	int64_t bytes = 0;
	for (size_t i = 0; i < UPLOADS_MAX; i++) {
		const struct upload *upload = &table->list[i];
		if (is_under_way(upload)) {
			bytes += (int64_t)upload->ticket.ask.size;
		}
	}
	return bytes;
}
