// SPDX-License-Identifier: Apache-2.0
// `steelyard vote` and `steelyard estimate`: one person's judgement, and what that person may see of the
// others'.
#include "commands.hpp"
#include "show.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/model/numbers.hpp"
#include "steelyard/store/panel.hpp"
#include "store_access.hpp"
#include "work.hpp"

#include <algorithm>
#include <array>

namespace steelyard::cli {

namespace {

// ---- vote ---------------------------------------------------------------------------------------

constexpr std::array kVoteArguments{
    Argument{"CASE", "the case", Argument::Count::one, Argument::Kind::file, {}},
    Argument{"CLAIM", "the claim's id", Argument::Count::one, Argument::Kind::word, {}},
};

constexpr Flag question(std::string_view name, std::string_view meaning) {
    return {.name = name, .takes = Takes::a_value, .value = "VOTE", .meaning = meaning, .choices = "up down"};
}

constexpr std::array kVoteFlags{
    question("there", "is it really there, in context?"),
    question("supports", "does it support the number?"),
    Flag{.name = "impact",
         .takes = Takes::a_value,
         .value = "N",
         .meaning = "how much does it matter? From 0, not at all, to 4, decisive",
         .choices = "0 1 2 3 4"},
    Flag{.name = "number",
         .takes = Takes::a_value,
         .value = "ADDRESS",
         .meaning = "the number the answers are about; left out, every number that rests on the claim",
         .choices = {}},
    kCommentFlag,
    kByFlag,
    kStoreFlag,
};

std::optional<bool> up_or_down(const Invocation& call, std::string_view flag) {
    const auto text = call.get(flag);
    if (!text)
        return std::nullopt;
    if (*text != "up" && *text != "down")
        throw Error(ErrorKind::usage,
                    std::vector{Problem{
                        {}, "flag '--" + std::string(flag) + "' is not valid", *text, "up or down", {}}});
    return *text == "up";
}

/// What the reader may see now.
struct SeenVotes {
    std::string claim;
    std::string says;
    int round = 1;
    std::vector<store::Vote> votes;

    static constexpr auto fields() {
        return std::tuple{
            field("claim", &SeenVotes::claim, "The claim."),
            field("says", &SeenVotes::says, "What it says."),
            field("round", &SeenVotes::round, "The current round."),
            field("votes", &SeenVotes::votes,
                  "The votes this reader may see: none before the own vote of the round."),
        };
    }
};

std::string answer_text(const std::optional<bool>& answer) {
    return !answer ? "-" : *answer ? "up" : "down";
}

void show_votes(const SeenVotes& seen, Terminal& terminal) {
    terminal.line(wrap(seen.claim + ": " + seen.says, terminal.width()));
    if (seen.votes.empty()) {
        terminal.line("Others' votes show once you have voted in round " + std::to_string(seen.round) + '.');
        return;
    }
    for (const store::Vote& vote : seen.votes) {
        std::string line = "Round " + std::to_string(vote.round) + ", " + vote.reader + ": there " +
                           answer_text(vote.there) + ", supports " + answer_text(vote.supports) +
                           ", impact " + (vote.impact ? std::to_string(*vote.impact) : "-");
        if (!vote.number.empty())
            line += ", about " + vote.number;
        if (!vote.comment.empty())
            line += ". \"" + vote.comment + '"';
        terminal.line(wrap(line, terminal.width()));
    }
}

int run_vote(const Invocation& call, Terminal& terminal) {
    const LoadedCase loaded = load_case(call.arguments[0], call);
    const Claim& claim = store::find_claim(loaded.subject, call.arguments[1]);
    const store::Stamp stamp = stamp_of(call);
    store::Vote vote;
    vote.case_id = loaded.subject.id;
    vote.claim = claim.id;
    vote.reader = stamp.by;
    vote.wording = store::wording_of(loaded.subject, claim);
    vote.case_hash = case_hash(loaded.subject);
    vote.there = up_or_down(call, "there");
    vote.supports = up_or_down(call, "supports");
    if (const auto impact = call.get("impact"))
        vote.impact = static_cast<int>(number_flag(call, "impact", *impact));
    if (const auto number = call.get("number"))
        vote.number = resolve_number(loaded.subject, *number);
    vote.comment = call.get("comment").value_or("");
    const bool votes = vote.there || vote.supports || vote.impact || !vote.comment.empty();
    store::Store store = open_store(call, votes);
    if (votes) {
        store.keep_sources(loaded.subject, vote.case_hash, stamp);
        store.vote(vote, stamp);
    }
    const SeenVotes seen{claim.id, claim.text, store.round(vote.case_id),
                         store.visible_votes(vote.case_id, claim.id, vote.reader)};
    if (call.json)
        print_json(terminal, to_value(seen));
    else
        show_votes(seen, terminal);
    return 0;
}

constexpr std::array kVoteSamples{
    Sample{"vote CASE letter --there up --supports down --impact 3 --by ann",
           "Ann finds the letter in the source, but not what the number says"},
    Sample{"vote CASE letter --by ann", "what Ann may see: nothing before she has voted"},
};

// ---- estimate -----------------------------------------------------------------------------------

constexpr std::array kEstimateArguments{
    Argument{"CASE", "the case", Argument::Count::one, Argument::Kind::file, {}},
    Argument{"ABOUT",
             "a number of the case (issue.option.actor), claim:ID, or event:ID for anything else",
             Argument::Count::one,
             Argument::Kind::word,
             {}},
};

constexpr std::array kEstimateFlags{
    Flag{.name = "chance",
         .takes = Takes::a_value,
         .value = "P",
         .meaning = "the probability that the claim holds or the event happens, 0 to 1",
         .choices = {}},
    Flag{.name = "points",
         .takes = Takes::a_value,
         .value = "LOW,BEST,HIGH",
         .meaning = "a three-point estimate of a number",
         .choices = {}},
    Flag{.name = "confidence",
         .takes = Takes::a_value,
         .value = "C",
         .meaning = "how sure one is that the truth lies between low and high; left out, 0.9",
         .choices = {}},
    kCommentFlag,
    kByFlag,
    kStoreFlag,
};

void read_points(const Invocation& call, store::Estimate& estimate) {
    const auto text = call.get("points");
    if (!text)
        return;
    std::array<std::optional<double>*, 3> targets{&estimate.low, &estimate.best, &estimate.high};
    std::string_view rest = *text;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        if ((i + 1 < targets.size()) == (comma == rest.size()))
            throw Error(ErrorKind::usage,
                        std::vector{Problem{{}, "flag '--points' is not valid", *text, "LOW,BEST,HIGH", {}}});
        *targets[i] = number_flag(call, "points", rest.substr(0, comma));
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
}

int run_estimate(const Invocation& call, Terminal& terminal) {
    const LoadedCase loaded = load_case(call.arguments[0], call);
    const store::Stamp stamp = stamp_of(call);
    store::Estimate estimate;
    estimate.case_id = loaded.subject.id;
    estimate.about = store::estimate_subject(loaded.subject, call.arguments[1]);
    estimate.expert = stamp.by;
    estimate.case_hash = case_hash(loaded.subject);
    if (const auto chance = call.get("chance"))
        estimate.probability = number_flag(call, "chance", *chance);
    read_points(call, estimate);
    if (const auto confidence = call.get("confidence"))
        estimate.confidence = number_flag(call, "confidence", *confidence);
    estimate.comment = call.get("comment").value_or("");
    if (!estimate.probability && !estimate.best)
        throw Error(ErrorKind::usage, "missing --chance P or --points LOW,BEST,HIGH");
    store::Store store = open_store(call, true);
    store.estimate(estimate, stamp);
    if (call.json)
        print_json(terminal, to_value(estimate));
    else
        terminal.line("Kept: " + estimate.about + " by " + estimate.expert + ", round " +
                      std::to_string(store.round(estimate.case_id)) + '.');
    return 0;
}

constexpr std::array kEstimateSamples{
    Sample{"estimate CASE event:deal-by-june --chance 0.7 --by ann", "the chance of an event"},
    Sample{"estimate CASE no_deal.port --points 20,30,45 --confidence 0.8 --by ann",
           "a number, with how sure Ann is that it lies between 20 and 45"},
};

}  // namespace

const Command kVoteCommand{
    .name = "vote",
    .summary = "vote on a claim, or see the votes one may see",
    .about =
        "Three questions, asked apart: is it there, does it support the number, how much does it matter. A "
        "reader sees the others' votes only after voting, and may answer open questions of the round but "
        "not change an answer until the next round is opened (`steelyard panel round`).",
    .arguments = kVoteArguments,
    .flags = kVoteFlags,
    .samples = kVoteSamples,
    .run = &run_vote,
};

const Command kEstimateCommand{
    .name = "estimate",
    .summary = "give an expert's probability or three-point estimate",
    .about =
        "One estimate for each round. Seed questions, whose true value becomes known, are events: `steelyard "
        "resolve CASE EVENT --value X` settles them, and `steelyard pool` then weighs the experts by them.",
    .arguments = kEstimateArguments,
    .flags = kEstimateFlags,
    .samples = kEstimateSamples,
    .run = &run_estimate,
};

}  // namespace steelyard::cli
