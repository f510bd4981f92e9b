// SPDX-License-Identifier: Apache-2.0
#pragma once
// Long: one table of described structs, read as a whole.
/// What goes in and comes out, described once: requests are read by these and OpenAPI is written from them.

#include "steelyard/core/described.hpp"
#include "steelyard/registry/analysis.hpp"
#include "steelyard/registry/case_numbers.hpp"
#include "steelyard/store/accounts.hpp"
#include "steelyard/store/records.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard::http {

struct LoginBody {
    std::string name;
    std::string password;

    static constexpr auto fields() {
        return std::tuple{
            field("name", &LoginBody::name, "The account's name."),
            field("password", &LoginBody::password, "Its password."),
        };
    }
};

struct UserAnswer {
    std::string name;
    store::Role role = store::Role::reader;

    static constexpr auto fields() {
        return std::tuple{
            field("name", &UserAnswer::name,
                  "The account's name; on an open server the login name of who started it."),
            field("role", &UserAnswer::role, "What it may do."),
        };
    }
};

/// What the caller may do.
struct PermissionsAnswer {
    bool read = false;
    bool vote = false;
    bool estimate = false;
    bool forecast = false;
    bool run_panel = false;
    bool settle = false;
    bool administer = false;
    bool save = false;

    static constexpr auto fields() {
        return std::tuple{
            field("read", &PermissionsAnswer::read, "See cases and run analyses."),
            field("vote", &PermissionsAnswer::vote, "Vote on claims."),
            field("estimate", &PermissionsAnswer::estimate, "Give estimates."),
            field("forecast", &PermissionsAnswer::forecast, "Save forecasts."),
            field("run_panel", &PermissionsAnswer::run_panel, "Open rounds."),
            field("settle", &PermissionsAnswer::settle, "Say what happened."),
            field("administer", &PermissionsAnswer::administer, "Keep accounts."),
            field("save", &PermissionsAnswer::save, "Change case files."),
        };
    }
};

struct SessionAnswer {
    std::string version;
    bool open = true;
    Value user;
    std::string csrf;
    PermissionsAnswer permissions;
    bool sources = false;
    bool editable = false;

    static constexpr auto fields() {
        return std::tuple{
            field("version", &SessionAnswer::version, "Version of Steelyard."),
            field("open", &SessionAnswer::open, "Whether no accounts are wanted."),
            field("user", &SessionAnswer::user, "Who is signed in: name and role; null for nobody."),
            field("csrf", &SessionAnswer::csrf, "What the header X-Steelyard-Token has to say."),
            field("permissions", &SessionAnswer::permissions, "What the caller may do."),
            field("sources", &SessionAnswer::sources, "Whether the texts of sources are there."),
            field("editable", &SessionAnswer::editable, "Whether the caller may change case files."),
        };
    }
};

struct AnalysisAnswer {
    std::string name;
    std::string module;
    std::string question;
    std::string about;
    Status status = Status::experimental;
    std::vector<std::string> references;
    std::vector<Section> needs;
    Value example;
    Value options;
    Value result;

    static constexpr auto fields() {
        return std::tuple{
            field("name", &AnalysisAnswer::name, "Its name."),
            field("module", &AnalysisAnswer::module, "The module it belongs to."),
            field("question", &AnalysisAnswer::question, "What it answers."),
            field("about", &AnalysisAnswer::about, "Method, cost, what the result holds."),
            field("status", &AnalysisAnswer::status, "How far it has been checked."),
            field("references", &AnalysisAnswer::references, "Where the method is from."),
            field("needs", &AnalysisAnswer::needs, "Sections of the case it cannot do without."),
            field("example", &AnalysisAnswer::example, "A call that works: case and options."),
            field("options", &AnalysisAnswer::options, "JSON Schema of the options."),
            field("result", &AnalysisAnswer::result, "JSON Schema of the result."),
        };
    }
};

struct CancelAnswer {
    bool cancelled = false;

    static constexpr auto fields() {
        return std::tuple{
            field("cancelled", &CancelAnswer::cancelled, "Always true: a job that is not there is an error."),
        };
    }
};

struct CaseRow {
    std::string id;
    std::string title;
    std::string as_of;
    std::string path;
    std::string hash;
    std::string case_hash;
    std::int64_t actors = 0;
    std::int64_t issues = 0;
    bool sample = false;
    bool editable = false;
    bool valid = false;
    std::int64_t problems = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("id", &CaseRow::id, "What the interface calls it."),
            field("title", &CaseRow::title, "Its title."),
            field("as_of", &CaseRow::as_of, "The date it describes."),
            field("path", &CaseRow::path, "Its file, below the folder that is served."),
            field("hash", &CaseRow::hash, "SHA-256 of the file's text: which version it is."),
            field("case_hash", &CaseRow::case_hash,
                  "SHA-256 of the canonical text, as runs record it; empty where it has problems."),
            field("actors", &CaseRow::actors, "How many actors."),
            field("issues", &CaseRow::issues, "How many issues."),
            field("sample", &CaseRow::sample, "Whether it is of the catalogue inside the program."),
            field("editable", &CaseRow::editable, "Whether its file may be changed."),
            field("valid", &CaseRow::valid, "Whether it can be read."),
            field("problems", &CaseRow::problems, "How many problems it has."),
        };
    }
};

struct CaseAnswer {
    std::string id;
    std::string path;
    std::string hash;
    std::string case_hash;
    std::string text;
    Value case_tree;
    std::vector<Section> sections;
    bool sample = false;
    bool editable = false;
    std::vector<Value> problems;

    static constexpr auto fields() {
        return std::tuple{
            field("id", &CaseAnswer::id, "What the interface calls it."),
            field("path", &CaseAnswer::path, "Its file, below the folder that is served."),
            field("hash", &CaseAnswer::hash, "SHA-256 of the file's text: which version it is."),
            field("case_hash", &CaseAnswer::case_hash,
                  "SHA-256 of the canonical text; empty where it has problems."),
            field("text", &CaseAnswer::text, "The file, byte for byte."),
            field("case", &CaseAnswer::case_tree,
                  "The case as a tree in canonical form; null where it has problems."),
            field("sections", &CaseAnswer::sections, "The sections that it has."),
            field("sample", &CaseAnswer::sample, "Whether it is of the catalogue inside the program."),
            field("editable", &CaseAnswer::editable, "Whether its file may be changed."),
            field("problems", &CaseAnswer::problems, "Why it cannot be read."),
        };
    }
};

struct TextBody {
    std::string text;

    static constexpr auto fields() {
        return std::tuple{
            field("text", &TextBody::text, "The text of a case."),
        };
    }
};

struct CheckAnswer {
    std::string id;
    Value case_tree;
    std::vector<Section> sections;
    std::vector<Value> problems;

    static constexpr auto fields() {
        return std::tuple{
            field("id", &CheckAnswer::id, "The case's id; empty when it cannot be read."),
            field("case", &CheckAnswer::case_tree, "The case as a tree; null when it cannot be read."),
            field("sections", &CheckAnswer::sections, "The sections that it has."),
            field("problems", &CheckAnswer::problems, "Everything that is wrong; empty: nothing."),
        };
    }
};

struct PutCaseBody {
    std::string hash;
    std::string text;

    static constexpr auto fields() {
        return std::tuple{
            field("hash", &PutCaseBody::hash, "Of the version that is replaced."),
            field("text", &PutCaseBody::text, "The new text."),
        };
    }
};

struct PutNumbersBody {
    std::string hash;
    Named<std::string> numbers;

    static constexpr auto fields() {
        return std::tuple{
            field("hash", &PutNumbersBody::hash, "Of the version that is changed."),
            field("numbers", &PutNumbersBody::numbers, "Address and new text of each number."),
        };
    }
};

/// A case with numbers replaced.
struct SideBody {
    Value subject;
    Named<Value> overrides;

    static constexpr auto fields() {
        return std::tuple{
            field("case", &SideBody::subject, "The id of a served case, a case's text, or the case itself."),
            field("overrides", &SideBody::overrides, "Numbers to replace: address; a number, or its text."),
        };
    }
};

struct DiffBody {
    Value a;
    Value b;

    static constexpr auto fields() {
        return std::tuple{
            field("a", &DiffBody::a, "The first case: `case` and `overrides`."),
            field("b", &DiffBody::b, "The second case."),
        };
    }
};

struct BriefBody {
    Value subject;
    std::uint64_t seed = 1;
    Named<Value> overrides;
    bool pooled = false;
    bool quick = false;
    std::vector<std::string> only;

    static constexpr auto fields() {
        return std::tuple{
            field("case", &BriefBody::subject, "The id of a served case, a case's text, or the case itself."),
            field("seed", &BriefBody::seed, "Seed of random draws."),
            field("overrides", &BriefBody::overrides, "Numbers to replace: address; a number, or its text."),
            field("pooled", &BriefBody::pooled,
                  "Whether spreads follow from the votes and estimates of the store."),
            field("quick", &BriefBody::quick,
                  "Whether to leave out what takes long: draws, parts of questions about the order of talks "
                  "and about partners, and parts that lean on those."),
            field("only", &BriefBody::only, "Ids of the questions to answer; empty: all."),
        };
    }
};

struct SourceAnswer {
    std::string text;
    bool verified = false;

    static constexpr auto fields() {
        return std::tuple{
            field("text", &SourceAnswer::text, "The text."),
            field("verified", &SourceAnswer::verified,
                  "Whether its SHA-256 is the one that the case states."),
        };
    }
};

/// A claim as a reader sees it: what the case says of it stands in `claim`.
struct ClaimRow {
    std::string id;
    Value claim;
    std::vector<std::string> numbers;
    std::vector<store::Vote> votes;
    Value mine;
    Value pool;

    static constexpr auto fields() {
        return std::tuple{
            field("id", &ClaimRow::id, "Its id."),
            field("claim", &ClaimRow::claim,
                  "What the case says of it: text, kind, by, source, at, and so on."),
            field("numbers", &ClaimRow::numbers, "Addresses of the numbers that rest on it."),
            field("votes", &ClaimRow::votes, "The votes that the caller may see."),
            field("mine", &ClaimRow::mine, "The caller's own vote of this round; null before it is cast."),
            field("pool", &ClaimRow::pool,
                  "The pools of the claim (`votes`, `impact`, `chance`), once the caller has voted in this "
                  "round; null before."),
        };
    }
};

struct ClaimsAnswer {
    std::int64_t round = 1;
    std::vector<ClaimRow> claims;

    static constexpr auto fields() {
        return std::tuple{
            field("round", &ClaimsAnswer::round, "The current round."),
            field("claims", &ClaimsAnswer::claims, "Every claim of the case."),
        };
    }
};

struct VoteBody {
    std::string claim;
    std::string number;
    std::optional<bool> there;
    std::optional<bool> supports;
    std::optional<int> impact;
    std::string comment;

    static constexpr auto fields() {
        return std::tuple{
            field("claim", &VoteBody::claim, "The claim's id."),
            field("number", &VoteBody::number,
                  "The number the answers are about; empty: every number that rests on it."),
            field("there", &VoteBody::there, "Is it really there, in context?"),
            field("supports", &VoteBody::supports, "Does it support the number?"),
            field("impact", &VoteBody::impact, "How much does it matter? 0 to 4."),
            field("comment", &VoteBody::comment, "Why."),
        };
    }
};

struct VotesAnswer {
    std::int64_t round = 1;
    std::vector<store::Vote> votes;

    static constexpr auto fields() {
        return std::tuple{
            field("round", &VotesAnswer::round, "The current round."),
            field("votes", &VotesAnswer::votes, "The votes on the claim that the caller may see."),
        };
    }
};

struct EstimateBody {
    std::string about;
    std::optional<double> probability;
    std::optional<double> low;
    std::optional<double> best;
    std::optional<double> high;
    std::optional<double> confidence;
    std::string comment;

    static constexpr auto fields() {
        return std::tuple{
            field("about", &EstimateBody::about, "A number, claim:ID or event:ID."),
            field("probability", &EstimateBody::probability, "Chance that it holds or happens."),
            field("low", &EstimateBody::low, "Low end of a three-point estimate."),
            field("best", &EstimateBody::best, "Its best guess."),
            field("high", &EstimateBody::high, "Its high end."),
            field("confidence", &EstimateBody::confidence, "How sure, that the truth lies inside."),
            field("comment", &EstimateBody::comment, "Why."),
        };
    }
};

struct RoundAnswer {
    std::int64_t round = 1;

    static constexpr auto fields() {
        return std::tuple{
            field("round", &RoundAnswer::round, "The current round."),
        };
    }
};

struct PoolAnswer {
    Value run;
    std::string summary;
    std::int64_t hidden = 0;
    std::int64_t outdated = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("run", &PoolAnswer::run, "The run of the analysis `pool`."),
            field("summary", &PoolAnswer::summary, "Whose judgements these are."),
            field("hidden", &PoolAnswer::hidden, "Judgements of others that the caller may not see yet."),
            field("outdated", &PoolAnswer::outdated,
                  "Judgements on wordings or numbers that the case no longer has."),
        };
    }
};

struct ForecastsAnswer {
    std::vector<store::Forecast> forecasts;
    std::vector<store::Outcome> outcomes;
    Value scores;

    static constexpr auto fields() {
        return std::tuple{
            field("forecasts", &ForecastsAnswer::forecasts, "Every saved forecast of the case."),
            field("outcomes", &ForecastsAnswer::outcomes, "What happened, the latest word on each event."),
            field("scores", &ForecastsAnswer::scores,
                  "The result of `forecast_scores`; null before anything is settled."),
        };
    }
};

struct ForecastsBody {
    std::vector<Value> forecasts;

    static constexpr auto fields() {
        return std::tuple{
            field("forecasts", &ForecastsBody::forecasts,
                  "Each with `event`, `by`, `chances`, `due`, `note`."),
        };
    }
};

struct ForecastBody {
    std::string event;
    std::string by;
    Named<double> chances;
    std::string due;
    std::string note;

    static constexpr auto fields() {
        return std::tuple{
            field("event", &ForecastBody::event, "What is forecast."),
            field("by", &ForecastBody::by,
                  "expert:NAME for oneself, which is meant when it is empty; owners also model:NAME and "
                  "pool:NAME."),
            field("chances", &ForecastBody::chances, "Every possible outcome with its probability."),
            field("due", &ForecastBody::due, "When the outcome will be known."),
            field("note", &ForecastBody::note, "In the forecaster's words."),
        };
    }
};

struct OutcomeBody {
    std::string event;
    std::string outcome;
    std::optional<double> value;
    std::string note;

    static constexpr auto fields() {
        return std::tuple{
            field("event", &OutcomeBody::event, "The event it settles."),
            field("outcome", &OutcomeBody::outcome, "Which of the possible outcomes it was."),
            field("value", &OutcomeBody::value, "The true value, where the event is a quantity."),
            field("note", &OutcomeBody::note, "How it is known."),
        };
    }
};

struct AddAccountBody {
    std::string name;
    store::Role role = store::Role::reader;
    std::string password;

    static constexpr auto fields() {
        return std::tuple{
            field("name", &AddAccountBody::name, "The account's name."),
            field("role", &AddAccountBody::role, "What it may do."),
            field("password", &AddAccountBody::password, "12 to 1024 bytes."),
        };
    }
};

struct ChangeAccountBody {
    std::optional<store::Role> role;
    std::optional<std::string> password;
    bool close = false;

    static constexpr auto fields() {
        return std::tuple{
            field("role", &ChangeAccountBody::role, "Another role."),
            field("password", &ChangeAccountBody::password, "Another password."),
            field("close", &ChangeAccountBody::close, "Whether to close it."),
        };
    }
};

/// A body that says nothing: `{}`.
void want_nothing(const Value& body);
Value nothing_schema();

/// The schemas of `POST /api/run`: one for each analysis.
Value run_body_schema();
Value run_result_schema();

}  // namespace steelyard::http
