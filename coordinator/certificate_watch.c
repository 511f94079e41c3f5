#include "coordinator/certificate_watch.h"

#include "coordinator/host/log.h"
#include "coordinator/identity/atomic_file.h"
#include "coordinator/installation/certificate_text.h"

enum { LOOK_MS = 2000, TELL_MS = 24 * 3600 * 1000, SENTENCE_SIZE = ATOMIC_FILE_PATH_MAX + 512 };

static bool is_same_file(const struct stat *a, const struct stat *b)
{
	return a->st_ino == b->st_ino && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	       a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* renew writes the key first, and the certificate, which is looked at, last. */
static void look(struct certificate_watch *watch)
{
	char path[ATOMIC_FILE_PATH_MAX];
	struct stat facts;
	if (atomic_file_path(path, watch->dir, "server.pem") < 0 || stat(path, &facts) < 0 ||
		is_same_file(&facts, &watch->seen)) {
		return;
	}
	bool renewed = watch->seen.st_ino != 0;
	watch->seen = facts;
	if (certificate_validity_read(watch->dir, &watch->validity) < 0) {
		log_line(LOG_LINE_WARNING, "%s cannot be read", path);
		return;
	}
	if (renewed && watch->tls) {
		log_line(LOG_LINE_NOTICE, "the server's certificate is renewed: %s",
			ws_renew_certificate(watch->ws) == 0
				? "new connections get the new one"
				: "it cannot be used; restart to see why");
	}
}

static void tell(struct certificate_watch *watch, struct now now)
{
	struct certificate_verdict verdict = certificate_judge(&watch->validity, now.wall);
	bool is_news = verdict.state != watch->logged ||
		       span_between(watch->logged_at, now.at).ms >= TELL_MS;
	certificate_alert_set(watch->alert, &verdict);
	if (!is_news) {
		return;
	}
	watch->logged = verdict.state;
	watch->logged_at = now.at;
	char sentence[SENTENCE_SIZE];
	certificate_text(&verdict, watch->dir, sentence, sizeof(sentence));
	if (sentence[0] != '\0') {
		log_line(LOG_LINE_WARNING, "%s", sentence);
	}
}

void certificate_watch_tick(struct certificate_watch *watch, struct now now)
{
	if (watch->seen.st_ino != 0 && span_between(watch->checked, now.at).ms < LOOK_MS) {
		return;
	}
	watch->checked = now.at;
	look(watch);
	if (watch->validity.server.until.ms != 0) {
		tell(watch, now);
	}
}
