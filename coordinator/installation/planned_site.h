/* Whether a site belongs to any meeting of an installation. */
#ifndef DIEMCAU_COORDINATOR_INSTALLATION_PLANNED_SITE_H
#define DIEMCAU_COORDINATOR_INSTALLATION_PLANNED_SITE_H

#include <stdbool.h>

/* Does a plan of a meeting that is held in `dir` name it? Plans that cannot be read name none. */
bool planned_site_exists(const char *dir, const char *site);

#endif
