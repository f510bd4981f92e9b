// SPDX-License-Identifier: Apache-2.0
// `steelyard check`: everything that is wrong with a case, and what follows from it.
#include "commands.hpp"
#include "show.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/core/error_tree.hpp"
#include "steelyard/model/numbers.hpp"
#include "steelyard/model/scores.hpp"
#include "steelyard/model/tables.hpp"
#include "steelyard/model/validate.hpp"
#include "work.hpp"

#include <algorithm>
#include <array>

namespace steelyard::cli {

namespace {

constexpr std::array kCheckArguments{
    Argument{"CASE", "case files, or - for standard input", Argument::Count::many, Argument::Kind::file, {}},
};
constexpr std::array kCheckFlags{
    Flag{.name = "derived",
         .takes = Takes::nothing,
         .value = {},
         .meaning = "also show what follows from the case: no-deal values, positions and saliences",
         .choices = {}},
    Flag{.name = "canonical",
         .takes = Takes::nothing,
         .value = {},
         .meaning = "print the case in canonical form: the text whose SHA-256 identifies it",
         .choices = {}},
    kSetFlag,
};

/// What analyses will work with where the case gives another form, or nothing.
struct DerivedActor {
    std::string actor;
    Rational no_deal;
    bool stated = false;

    static constexpr auto fields() {
        return std::tuple{
            field("actor", &DerivedActor::actor, "The actor."),
            field("no_deal", &DerivedActor::no_deal, "What it has without agreement.", "points"),
            field("stated", &DerivedActor::stated, "Whether the case says so; otherwise derived."),
        };
    }
};
struct DerivedPosition {
    std::string issue;
    std::string actor;
    Rational position;
    Rational salience;
    bool derived = false;

    static constexpr auto fields() {
        return std::tuple{
            field("issue", &DerivedPosition::issue, "The issue."),
            field("actor", &DerivedPosition::actor, "The actor."),
            field("position", &DerivedPosition::position, "Where it stands, 0 to 100."),
            field("salience", &DerivedPosition::salience, "How much it cares, 0 to 100."),
            field("derived", &DerivedPosition::derived, "Whether it follows from points."),
        };
    }
};
struct Derived {
    std::vector<DerivedActor> no_deal;
    std::vector<DerivedPosition> positions;

    static constexpr auto fields() {
        return std::tuple{
            field("no_deal", &Derived::no_deal, "What each actor has without agreement."),
            field("positions", &Derived::positions, "Where each actor stands and how much it cares."),
        };
    }
};

Derived derive(const Case& subject) {
    Derived derived;
    const Scores scores(subject);
    for (const ActorId actor : scores.actors()) {
        const std::string& id = subject[actor].id;
        derived.no_deal.push_back(
            {id, scores.no_deal(actor), preference_of(subject, actor)->no_deal.has_value()});
        for (std::size_t i = 0; i < subject.issues.size(); ++i) {
            if (const auto stance = stance_of(subject, scores, actor, IssueId(i)))
                derived.positions.push_back(
                    {subject.issues[i].id, id, stance->position, stance->salience, stance->derived});
        }
    }
    return derived;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
    return std::to_string(count) + ' ' + std::string(count == 1 ? one : many);
}

/// "5 actors, 20 issues, ..."
std::string summary(const Case& subject) {
    std::size_t numbers = 0;
    for_each_number(subject, [&](const std::string&, const Number&) { ++numbers; });
    return counted(subject.actors.size(), "actor", "actors") + ", " +
           counted(subject.issues.size(), "issue", "issues") + ", " +
           counted(effective_tables(subject).size(), "table", "tables") + ", " +
           counted(numbers, "number", "numbers") + ", " + counted(subject.claims.size(), "claim", "claims") +
           ", " + counted(subject.questions.size(), "question", "questions");
}

/// The case's notes, each at its place in the file.
std::vector<Problem> placed_notes(const LoadedCase& loaded) {
    std::vector<Problem> placed = notes(loaded.subject);
    for (Problem& note : placed)
        note.place = loaded.file.place(note.place.pointer);
    return placed;
}

/// What was found out about one file.
struct Finding {
    std::string file;
    int exit_code = 0;
    std::vector<Problem> problems;
    std::optional<LoadedCase> loaded;
};

Finding check(const std::string& path, const Invocation& call) {
    Finding finding{path, 0, {}, {}};
    try {
        finding.loaded = load_case(path, call);
    } catch (const Error& error) {
        finding.exit_code = describe(error.kind()).exit_code;
        finding.problems = error.problems();
    }
    return finding;
}

Value to_tree(const Finding& finding, bool derived) {
    Value::Map tree{{"file", Value(finding.file)},
                    {"ok", Value(finding.exit_code == 0)},
                    {"problems", to_tree(finding.problems)}};
    if (finding.loaded) {
        tree.emplace_back("notes", to_tree(placed_notes(*finding.loaded)));
        tree.emplace_back("case_hash", Value(case_hash(finding.loaded->subject)));
        if (derived)
            tree.emplace_back("derived", to_value(derive(finding.loaded->subject)));
    }
    return Value(std::move(tree));
}

void show(const Finding& finding, bool derived, Terminal& terminal) {
    for (const Problem& problem : finding.problems)
        terminal.line(to_text(problem));
    if (!finding.loaded) {
        terminal.line(finding.file + ": " +
                      terminal.ink(Ink::bad, counted(finding.problems.size(), "problem", "problems")));
        return;
    }
    for (Problem note : placed_notes(*finding.loaded)) {
        note.message.insert(0, "note: ");
        terminal.line(to_text(note));
    }
    terminal.line(finding.file + ": " + terminal.ink(Ink::good, "ok") + ", " +
                  summary(finding.loaded->subject));
    if (derived)
        show_record(fields_of<Derived>(), to_value(derive(finding.loaded->subject)), terminal);
}

int run_check(const Invocation& call, Terminal& terminal) {
    if (call.has("canonical")) {
        if (call.arguments.size() > 1)
            throw Error(ErrorKind::usage, "'--canonical' goes with one case");
        const Case subject = load_case(call.arguments[0], call).subject;
        if (call.json)
            print_json(terminal, case_to_tree(subject));
        else
            terminal.print(write_case(subject));
        return 0;
    }
    int exit_code = 0;
    Value::List cases;
    for (const std::string& path : call.arguments) {
        const Finding finding = check(path, call);
        exit_code = exit_code == 0 ? finding.exit_code : exit_code;
        if (call.json)
            cases.push_back(to_tree(finding, call.has("derived")));
        else
            show(finding, call.has("derived"), terminal);
    }
    if (call.json)
        print_json(terminal, Value(Value::Map{{"cases", Value(std::move(cases))}}));
    return exit_code;
}

constexpr std::array kCheckSamples{
    Sample{"check CASE", "every problem as file:line:column, or `ok` with what the case holds"},
    Sample{"check cases/*/*.yaml", "several cases at once"},
    Sample{"check CASE --derived", "with the positions that follow from a score sheet"},
};

}  // namespace

const Command kCheckCommand{
    .name = "check",
    .summary = "say everything that is wrong with a case",
    .about =
        "Problems and notes are the answer here, so they go to standard output. The exit code is that of the "
        "first case that failed.",
    .arguments = kCheckArguments,
    .flags = kCheckFlags,
    .samples = kCheckSamples,
    .run = &run_check,
};

}  // namespace steelyard::cli
