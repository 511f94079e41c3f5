/* The tables and actions of `diemcau-coordinator meeting …`, for main.c. */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_MEETING_CLI_H
#define DIEMCAU_COORDINATOR_COMMANDS_MEETING_CLI_H

#include "proto/system/cli.h"

extern const struct cli_word meeting_cli_in_dir[]; /* DIR */
extern const struct cli_word meeting_cli_of_any[]; /* DIR [ID] */
extern const struct cli_word meeting_cli_of_one[]; /* DIR ID */
extern const struct cli_word meeting_cli_of_file[]; /* DIR FILE */
extern const struct cli_word meeting_cli_of_preview[]; /* FOLDER FILE */
extern const struct cli_option meeting_cli_new_options[];
extern const struct cli_option meeting_cli_update_options[];
extern const struct cli_option meeting_cli_preview_options[];
extern const struct cli_option meeting_cli_export_options[];
extern const struct cli_option meeting_cli_print_options[];
extern const struct cli_option meeting_cli_archive_options[];
extern const struct cli_option meeting_cli_registrations_options[];

int meeting_cli_list(void);
int meeting_cli_show(void);
int meeting_cli_new(void);
int meeting_cli_use(void);
int meeting_cli_update(void);
int meeting_cli_preview(void);
int meeting_cli_export(void);
int meeting_cli_print(void);
int meeting_cli_archive(void);
int meeting_cli_add(void);
int meeting_cli_registrations(void);
int meeting_cli_forget(void);

#endif
