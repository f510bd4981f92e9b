// SPDX-License-Identifier: Apache-2.0
// `steelyard panel`: forms out, answers in, rounds.
#include "steelyard/store/panel.hpp"

#include "commands.hpp"
#include "files.hpp"
#include "show.hpp"
#include "steelyard/core/error.hpp"
#include "store_access.hpp"
#include "work.hpp"

#include <array>
#include <map>

namespace steelyard::cli {

namespace {

constexpr std::array kPanelArguments{
    Argument{"WHAT", "what to do", Argument::Count::one, Argument::Kind::word, "export import round status"},
    Argument{"FILE", "the case; for import, filled forms", Argument::Count::many, Argument::Kind::file, {}},
};

constexpr Flag several(std::string_view name, std::string_view value, std::string_view meaning) {
    return {.name = name, .takes = Takes::a_value, .value = value, .meaning = meaning, .choices = {}};
}

constexpr std::array kPanelFlags{
    several("reader", "NAME", "export: whose form; may be repeated"),
    several("claim", "ID",
            "export: ask about this claim; may be repeated; left out, all that numbers rest on"),
    several("number", "ADDRESS", "export: ask for an estimate of this number; may be repeated"),
    several("event", "NAME", "export: ask for the chance of this event; may be repeated"),
    several("to", "FOLDER", "export: write READER.txt into this folder; left out, to standard output"),
    kByFlag,
    kStoreFlag,
};

const std::string& only_case(const Invocation& call) {
    if (call.arguments.size() != 2)
        throw Error(ErrorKind::usage, "'steelyard panel " + call.arguments[0] + "' takes one case");
    return call.arguments[1];
}

int export_forms(const Invocation& call, Terminal& terminal) {
    const LoadedCase loaded = load_case(only_case(call), call);
    const std::vector<std::string> readers = call.all("reader");
    const auto folder = call.get("to");
    if (readers.empty())
        throw Error(ErrorKind::usage, "missing --reader NAME: whose form");
    if (readers.size() > 1 && !folder)
        throw Error(ErrorKind::usage, "several forms go into a folder: missing --to FOLDER");
    const store::Store store = open_store(call, true);
    const std::string hash = case_hash(loaded.subject);
    const store::FormContent content{call.all("claim"), call.all("number"), call.all("event")};
    std::vector<std::string> forms;
    for (const std::string& reader : readers) {
        if (reader.find('/') != std::string::npos)
            throw Error(ErrorKind::usage, "a reader's name with a form has no slash: " + reader);
        forms.push_back(store::write_form(loaded.subject, hash, store, reader, content));
    }
    if (!folder) {
        terminal.print(forms[0]);
        return 0;
    }
    make_folder(*folder);
    for (std::size_t i = 0; i < readers.size(); ++i) {
        const std::string path = *folder + '/' + readers[i] + ".txt";
        write_file(path, forms[i], terminal);
        terminal.line(path);
    }
    return 0;
}

int import_forms(const Invocation& call, Terminal& terminal) {
    const store::Stamp stamp = stamp_of(call);
    std::vector<store::FilledForm> forms;
    for (std::size_t i = 1; i < call.arguments.size(); ++i)
        forms.push_back(store::read_form(read_file(call.arguments[i]), call.arguments[i]));
    store::Store store = open_store(call, true);
    std::vector<store::Vote> votes;
    std::vector<store::Estimate> estimates;
    Value::List list;
    for (const store::FilledForm& form : forms) {
        votes.insert(votes.end(), form.votes.begin(), form.votes.end());
        estimates.insert(estimates.end(), form.estimates.begin(), form.estimates.end());
        list.emplace_back(Value::Map{{"reader", Value(form.reader)},
                                     {"votes", Value(static_cast<std::int64_t>(form.votes.size()))},
                                     {"estimates", Value(static_cast<std::int64_t>(form.estimates.size()))}});
    }
    store.judge(votes, estimates, stamp);
    if (call.json) {
        print_json(terminal, Value(Value::Map{{"forms", Value(std::move(list))}}));
        return 0;
    }
    for (const Value& form : list)
        terminal.line(inline_text(*form.find("reader")) + ": claims voted on " +
                      inline_text(*form.find("votes")) + ", estimates " +
                      inline_text(*form.find("estimates")));
    return 0;
}

int open_round(const Invocation& call, Terminal& terminal) {
    const LoadedCase loaded = load_case(only_case(call), call);
    store::Store store = open_store(call, true);
    const int round = store.open_round(loaded.subject.id, stamp_of(call));
    if (call.json)
        print_json(terminal, Value(Value::Map{{"round", Value(static_cast<std::int64_t>(round))}}));
    else
        terminal.line("Round " + std::to_string(round) + " of " + loaded.subject.id + " is open.");
    return 0;
}

/// Who has spoken in the current round: how much, not what.
struct Member {
    std::string name;
    int votes = 0;
    int estimates = 0;
    int earlier = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("name", &Member::name, "The reader or expert."),
            field("votes", &Member::votes, "Votes in this round."),
            field("estimates", &Member::estimates, "Estimates in this round."),
            field("earlier", &Member::earlier, "Judgements in earlier rounds."),
        };
    }
};
struct PanelStatus {
    int round = 1;
    std::vector<Member> members;

    static constexpr auto fields() {
        return std::tuple{
            field("round", &PanelStatus::round, "The current round."),
            field("members", &PanelStatus::members, "Who has spoken."),
        };
    }
};

int show_status(const Invocation& call, Terminal& terminal) {
    const LoadedCase loaded = load_case(only_case(call), call);
    const store::Store store = open_store(call, false);
    PanelStatus status;
    status.round = store.round(loaded.subject.id);
    std::map<std::string, Member> members;
    for (const store::Vote& vote : store.votes(loaded.subject.id)) {
        Member& member = members[vote.reader];
        ++(vote.round == status.round ? member.votes : member.earlier);
    }
    for (const store::Estimate& estimate : store.estimates(loaded.subject.id)) {
        Member& member = members[estimate.expert];
        ++(estimate.round == status.round ? member.estimates : member.earlier);
    }
    for (auto& [name, member] : members) {
        member.name = name;
        status.members.push_back(member);
    }
    if (call.json)
        print_json(terminal, to_value(status));
    else
        show_record(fields_of<PanelStatus>(), to_value(status), terminal);
    return 0;
}

int run_panel(const Invocation& call, Terminal& terminal) {
    const std::string& what = call.arguments[0];
    if (what == "export")
        return export_forms(call, terminal);
    if (what == "import")
        return import_forms(call, terminal);
    if (what == "round")
        return open_round(call, terminal);
    if (what == "status")
        return show_status(call, terminal);
    throw Error(
        ErrorKind::usage,
        std::vector{Problem{
            {}, "'steelyard panel' does not know this word", what, "export, import, round, status", {}}});
}

constexpr std::array kPanelSamples{
    Sample{"panel export CASE --reader ann --reader ben --to forms",
           "a form for each, to be filled in with any text editor"},
    Sample{"panel import forms/ann.txt forms/ben.txt", "take the answers, all or none"},
    Sample{"panel status CASE", "who has answered, not what"},
    Sample{"panel round CASE", "open the next round; forms then show what the others said, without names"},
};

}  // namespace

const Command kPanelCommand{
    .name = "panel",
    .summary = "run a panel of readers and experts by exchanging files",
    .about =
        "export writes a form for each member, import reads the filled forms, status says who has answered, "
        "round opens the next round.",
    .arguments = kPanelArguments,
    .flags = kPanelFlags,
    .samples = kPanelSamples,
    .run = &run_panel,
};

}  // namespace steelyard::cli
