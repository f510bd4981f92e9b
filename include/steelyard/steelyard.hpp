// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Start here.  This header is what most programs need: read a case, run analyses on it by name, print results.
///
///     #include <steelyard/steelyard.hpp>
///
///     steelyard::CaseFile file = steelyard::read_case(text, "lease.yaml");       // throws Error with every problem
///     steelyard::Run nash = steelyard::run("solutions", file.value, {});          // the result with its provenance
///     std::cout << steelyard::to_json(to_tree(nash));
///     double gain = *select(nash.result, "solutions[concept=nash].gains.owner").number();
///
/// With types instead of names, include an analysis's own header (`steelyard/space/frontier.hpp`): every one is a function
/// `Result f(const Case&, const Options&, const Context&)` that reads no file, no clock and no global state, so that calls
/// on different threads never meet.  The other headers, lowest first:
///
///   core      errors, exact numbers, described structs, trees of values, cancelling, random streams
///   model     the case as a value: its parts, exact scores, tables, what can be wrong with it
///   space, forecast, power, stability, linkage, evidence    the analyses, a folder for each question
///   format    case files, JSON, schemas, other tools' files
///   store     votes, estimates, saved forecasts and accounts, in one file
///   report    the brief
///   registry  every analysis by name

#include "steelyard/core/error.hpp"
#include "steelyard/core/version.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/format/json.hpp"
#include "steelyard/registry/analysis.hpp"
