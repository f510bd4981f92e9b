// SPDX-License-Identifier: Apache-2.0
#pragma once
/// A folder for the store of one test, and records to put into it.

#include "steelyard/core/error.hpp"
#include "steelyard/store/store.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <unistd.h>

namespace steelyard::test {

class StoreFolder {
public:
    StoreFolder() {
        // In memory where that is possible: the tests commit thousands of times.
        const std::filesystem::path memory = "/dev/shm";
        std::string name =
            (access(memory.c_str(), W_OK) == 0 ? memory : std::filesystem::temp_directory_path()) /
            "steelyard-store-XXXXXX";
        if (mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("no temporary folder");
        folder_ = name;
    }
    StoreFolder(const StoreFolder&) = delete;
    StoreFolder& operator=(const StoreFolder&) = delete;
    ~StoreFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    [[nodiscard]] std::string path(const std::string& name = "store.sqlite") const { return folder_ / name; }

private:
    std::filesystem::path folder_;
};

inline const store::Stamp kStamp{"2026-03-01T12:00:00Z", "olga"};

inline store::Vote vote_of(std::string claim, std::string reader, std::optional<bool> there,
                           std::optional<bool> supports = {}, std::optional<int> impact = {}) {
    store::Vote vote;
    vote.case_id = "harbour";
    vote.claim = std::move(claim);
    vote.reader = std::move(reader);
    vote.wording = "w1";
    vote.case_hash = "h1";
    vote.there = there;
    vote.supports = supports;
    vote.impact = impact;
    return vote;
}

inline store::Estimate points_of(std::string about, std::string expert, double low, double best, double high,
                                 std::optional<double> confidence = {}) {
    store::Estimate estimate;
    estimate.case_id = "harbour";
    estimate.about = std::move(about);
    estimate.expert = std::move(expert);
    estimate.low = low;
    estimate.best = best;
    estimate.high = high;
    estimate.confidence = confidence;
    return estimate;
}

inline store::Estimate chance_of(std::string about, std::string expert, double probability) {
    store::Estimate estimate;
    estimate.case_id = "harbour";
    estimate.about = std::move(about);
    estimate.expert = std::move(expert);
    estimate.probability = probability;
    return estimate;
}

inline store::Forecast forecast_of(std::string event, std::string by, double yes) {
    store::Forecast forecast;
    forecast.case_id = "harbour";
    forecast.event = std::move(event);
    forecast.by = std::move(by);
    forecast.chances = {{"yes", yes}, {"no", 1 - yes}};
    return forecast;
}

inline store::Outcome outcome_of(std::string event, std::string what) {
    store::Outcome outcome;
    outcome.case_id = "harbour";
    outcome.event = std::move(event);
    outcome.outcome = std::move(what);
    return outcome;
}

template <class F>
std::string error_of(ErrorKind kind, const F& act) {
    try {
        act();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), kind) << error.what();
        std::string text;
        for (const Problem& problem : error.problems())
            text += to_text(problem) + '\n';
        return text;
    }
    ADD_FAILURE() << "nothing was refused";
    return {};
}

inline void overwrite(const std::string& path, std::string_view text) {
    std::ofstream(path, std::ios::binary) << text;
}

/// A store with a record of every kind.
inline void fill(store::Store& subject) {
    Case harbour;
    harbour.id = "harbour";
    Source gazette;
    gazette.id = "gazette";
    gazette.title = "The \"Gazette\"\n№ 7";
    gazette.reliability = 'B';
    harbour.sources = {gazette};
    subject.keep_sources(harbour, "h1", kStamp);
    subject.vote(vote_of("letter", "ann", true, false, 3), kStamp);
    subject.estimate(points_of("/actors/port/capability", "ann", 0.1, 1.0 / 3, 1e17 + 16, 0.8), kStamp);
    subject.estimate(chance_of("event:deal", "ann", 0.7), kStamp);
    subject.open_round("harbour", kStamp);
    subject.vote(vote_of("letter", "ann", true, true), kStamp);
    subject.keep_run({0,
                      "frontier",
                      "0.1.0",
                      "harbour",
                      "h1",
                      18446744073709551615U,
                      Value(Value::Map{}),
                      Value(Value::Map{{"epsilon", Value(0.5)}}),
                      Value(Value::List{Value(std::int64_t{1})}),
                      {},
                      {}},
                     kStamp);
    subject.save({forecast_of("deal", "expert:ann", 0.7), forecast_of("deal", "model:median", 0.4)}, kStamp);
    subject.resolve(outcome_of("deal", "yes"), kStamp);
}

}  // namespace steelyard::test
