// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The facts behind the pictures.

#include "report/study.hpp"
#include "steelyard/report/brief.hpp"

namespace steelyard::report {

/// A table's counts, frontier, marked deals and, with two actors, a sample of its other deals.
TableFacts table_facts(const Study& study, const TableStudy& at, int sample);

/// Every open issue with what it weighs for each actor that has preferences.
std::vector<HeatRow> heat_rows(const Study& study);

}  // namespace steelyard::report
