// SPDX-License-Identifier: Apache-2.0
#pragma once
/// A panel: forms that people fill in with any text editor, and what the pools take from the store.

#include "steelyard/core/value.hpp"
#include "steelyard/model/case.hpp"
#include "steelyard/store/store.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace steelyard::store {

/// The claim called `id`.  Throws `Error` (unknown_name) with a near match.
const Claim& find_claim(const Case& subject, const std::string& id);

/// What an estimate is about, as the store names it: `event:ID` and `claim:ID` as they are, a number by its JSON
/// Pointer.  Throws `Error` (unknown_name) for claims and numbers the case does not have.
std::string estimate_subject(const Case& subject, const std::string& about);

/// What a form asks for.
struct FormContent {
    std::vector<std::string> claims;   ///< ids; empty means every claim that a number rests on
    std::vector<std::string> numbers;  ///< addresses of numbers to estimate; empty means none
    std::vector<std::string> events;   ///< events whose chance to give; empty means none
};

/// A form for one reader in the current round.  From the second round on it shows, without names, what the
/// others said in the rounds that this reader has taken part in.  Throws `Error` (unknown_name) for claims and
/// numbers the case does not have, (usage) for a malformed name.
std::string write_form(const Case& subject, std::string_view case_hash, const Store& store,
                       const std::string& reader, const FormContent& content = {});

/// The answers of a form.  Questions left blank are no answers.
struct FilledForm {
    std::string case_id;
    std::string reader;
    int round = 0;
    std::vector<Vote> votes;
    std::vector<Estimate> estimates;
};

/// Reads a filled form.  Throws `Error` (usage) with every line that is not as the form asks.
FilledForm read_form(std::string_view text, const std::string& file_name);

/// What of a case's judgements counts now.
struct CurrentJudgements {
    Value arguments;      ///< `votes`, `chances`, `estimates`, `truths` of the analysis `pool`
    int votes = 0;        ///< that count
    int estimates = 0;    ///< that count, probabilities included
    int outdated = 0;     ///< votes on a wording that the claim no longer has, or on what is gone
    std::string summary;  ///< "12 votes of 5 readers, 4 estimates of 2 experts"
};

/// Of each reader and expert the last round in which they spoke counts, for claims in their present wording
/// and numbers that the case still has.
CurrentJudgements current_judgements(const Store& store, const Case& subject);

/// Arguments of the analysis `forecast_scores`: the forecasts and outcomes of one case, or of all (events
/// then go by `case/event`).
Value score_arguments(const Store& store, std::string_view case_id = {});

}  // namespace steelyard::store
