#pragma once

#include "tests/bench/verdict.hpp"

namespace hotline::bench {

// What it costs to look for repeats of an appeal among a million tickets of one year, in memory,
// and to find hot topics among the appeals of a week of a large city.
void judge_similar(Verdict& verdict);

}  // namespace hotline::bench
