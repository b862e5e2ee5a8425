#pragma once

#include "server/api/exports/exports.hpp"

namespace hotline::api {

class HotTopicsApi;
class KpiApi;
class KpiBoardsApi;
class KpiCasesApi;
class KpiFiguresApi;
class KpiFrozenApi;
class TicketListApi;

// Whoever answers what can be taken away; they must outlive the exports.
struct Answering {
    KpiApi& kpi;
    KpiCasesApi& cases;
    KpiBoardsApi& boards;
    KpiFiguresApi& figures;
    KpiFrozenApi& frozen;
    TicketListApi& tickets;
    HotTopicsApi& hot_topics;
};

ExportsApi::Sources export_sources(Answering from);

}  // namespace hotline::api
