/* The order in which the sites of a plan are shown. */
#ifndef DIEMCAU_COORDINATOR_PLAN_SITE_ORDER_H
#define DIEMCAU_COORDINATOR_PLAN_SITE_ORDER_H

#include "coordinator/plan/plan.h"

/*
 * Gathers the sites by region, in the order that meeting.json names the regions; those of a region,
 * and those of none before them, stay in the order of their rows. The plan is without faults. 0 or
 * -ENOMEM.
 */
int plan_order_sites(struct plan *plan);

#endif
