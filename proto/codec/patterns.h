/*
 * Hand-written patterns of the schema: check_NAME for each string of proto/schema with a pattern.
 *
 * Each tells whether text matches, exactly as its pattern does, and admits ASCII only (the
 * generated buffers rely on it). Length is not checked here: the codec does that before. Tests
 * compare each with the schema's regular expression.
 */
#ifndef DIEMCAU_PROTO_CODEC_PATTERNS_H
#define DIEMCAU_PROTO_CODEC_PATTERNS_H

#include <stdbool.h>

bool check_site_id(const char *text);
bool check_item_id(const char *text);
bool check_list_id(const char *text);
bool check_turn_id(const char *text);
bool check_document_id(const char *text);
bool check_check_id(const char *text);
bool check_task_id(const char *text);
bool check_vote_id(const char *text);
bool check_act_id(const char *text);
bool check_handout_id(const char *text);
bool check_meeting_id(const char *text);
bool check_account_name(const char *text);
bool check_command_id(const char *text);
bool check_instance_id(const char *text);
bool check_display_id(const char *text);
bool check_credential_mark(const char *text);
bool check_journal_hash(const char *text);
bool check_token(const char *text);
bool check_media_key(const char *text);
bool check_media_address(const char *text);
bool check_short_code(const char *text);
bool check_digest(const char *text);
bool check_content_digest(const char *text);
bool check_plan_date(const char *text);
bool check_plan_clock(const char *text);

#endif
