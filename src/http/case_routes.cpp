// SPDX-License-Identifier: Apache-2.0
// Cases: reading, checking, comparing and changing them.
#include "bodies.hpp"
#include "service.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/core/error_tree.hpp"
#include "steelyard/core/sha256.hpp"
#include "steelyard/files/files.hpp"
#include "steelyard/model/validate.hpp"

#include <algorithm>
#include <filesystem>

namespace steelyard::http {

namespace {

/// A source's text may be as long as this.
constexpr std::size_t kLargestSource = std::size_t{8} * 1024 * 1024;

std::vector<Section> sections_of(const Case& subject) {
    std::vector<Section> sections;
    for (const auto& choice : choices_of(Section{})) {
        if (has_section(subject, choice.value))
            sections.push_back(choice.value);
    }
    return sections;
}

Response case_response(const Call& call, const ServedCase& served) {
    CaseAnswer answer;
    answer.id = served.id;
    answer.path = served.path;
    answer.hash = served.hash;
    answer.case_hash = served.case_hash;
    answer.text = served.text;
    answer.sample = served.sample();
    answer.editable = permits(call.who.role, Access::save) && call.service.library.editable(served);
    if (served.read) {
        answer.case_tree = case_to_tree(served.read->value);
        answer.sections = sections_of(served.read->value);
    }
    for (const Problem& problem : served.problems)
        answer.problems.push_back(to_tree(problem));
    return json_response(to_value(answer));
}

CaseRow row_of(const Call& call, const ServedCase& served) {
    CaseRow row;
    row.id = served.id;
    row.title = served.id;
    row.path = served.path;
    row.hash = served.hash;
    row.case_hash = served.case_hash;
    row.sample = served.sample();
    row.editable = permits(call.who.role, Access::save) && call.service.library.editable(served);
    row.valid = served.read.has_value();
    row.problems = static_cast<std::int64_t>(served.problems.size());
    if (served.read) {
        const Case& subject = served.read->value;
        row.title = subject.title;
        row.as_of = subject.as_of;
        row.actors = static_cast<std::int64_t>(subject.actors.size());
        row.issues = static_cast<std::int64_t>(subject.issues.size());
    }
    return row;
}

LoadedCase load_side(Call& call, const Value& side) {
    const auto body = read_options<SideBody>(side);
    if (body.subject.is_null())
        throw Error(ErrorKind::usage,
                    std::vector{Problem{Place{{}, 0, 0, "/case"}, "the request has no case", {}, {}, {}}});
    return call.service.load(body.subject, body.overrides);
}

}  // namespace

Response list_cases(Call& call) {
    std::vector<CaseRow> rows;
    for (const CasePointer& served : call.service.library.list())
        rows.push_back(row_of(call, *served));
    return json_response(to_value(rows));
}

Response get_case(Call& call) {
    return case_response(call, *call.service.library.find(call.parameters[0]));
}

Response put_case(Call& call) {
    const auto body = read_options<PutCaseBody>(call.body);
    const auto changed = call.service.library.change(call.parameters[0], body.hash,
                                                     [&](const ServedCase&) { return body.text; });
    call.service.tell(*changed);
    return case_response(call, *changed);
}

Response create_case(Call& call) {
    const auto made = call.service.library.create(read_options<TextBody>(call.body).text);
    call.service.tell(*made);
    Response response = case_response(call, *made);
    response.status = 201;
    return response;
}

Response put_numbers(Call& call) {
    const auto body = read_options<PutNumbersBody>(call.body);
    if (body.numbers.empty())
        throw Error(ErrorKind::usage, "no number to change");
    const auto changed =
        call.service.library.change(call.parameters[0], body.hash, [&](const ServedCase& served) {
            if (!served.read)
                throw Error(ErrorKind::invalid_case, served.problems);
            CaseFile file = *served.read;
            for (const auto& [address, text] : body.numbers)
                file = read_case(with_best(file, address, text), file.name);
            return file.text;
        });
    call.service.tell(*changed);
    return case_response(call, *changed);
}

Response list_numbers(Call& call) {
    return json_response(to_value(case_numbers(load_side(call, call.body))));
}

Response check_case(Call& call) {
    const auto body = read_options<TextBody>(call.body);
    CheckAnswer answer;
    try {
        const Case subject = read_case(body.text, "").value;
        answer.id = subject.id;
        answer.case_tree = case_to_tree(subject);
        answer.sections = sections_of(subject);
    } catch (const Error& error) {
        for (const Problem& problem : error.problems())
            answer.problems.push_back(to_tree(problem));
    }
    return json_response(to_value(answer));
}

Response diff_cases(Call& call) {
    const auto body = read_options<DiffBody>(call.body);
    const LoadedCase a = load_side(call, body.a);
    const LoadedCase b = load_side(call, body.b);
    return json_response(to_value(difference(a.subject, b.subject)));
}

Response get_source(Call& call) {
    const std::string& folder = call.service.settings.sources;
    if (folder.empty())
        throw Refusal(404, "unknown_name", "the server was started without --sources");
    const auto served = call.service.library.find_sound(call.parameters[0]);
    const auto& sources = served->read->value.sources;
    const auto source = std::ranges::find(sources, call.parameters[1], &Source::id);
    if (source == sources.end())
        throw Error(ErrorKind::unknown_name, "the case has no such source: " + call.parameters[1]);
    // Files are found by what they hold or by their name as it stands in the folder; no path is made of an id.
    std::optional<std::string> by_name;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code ignored;
        if (!entry->is_regular_file(ignored) || entry->file_size(ignored) > kLargestSource)
            continue;
        const bool named = entry->path().filename().string() == source->id + ".txt";
        if (source->sha256.empty() && !named)
            continue;
        std::string text = read_file(entry->path().string(), kLargestSource);
        if (!source->sha256.empty() && sha256(text) == source->sha256)
            return json_response(to_value(SourceAnswer{std::move(text), true}));
        if (named)
            by_name = std::move(text);
    }
    if (!by_name)
        throw Refusal(404, "unknown_name", "the folder of sources has no text of " + source->id);
    return json_response(to_value(SourceAnswer{*std::move(by_name), false}));
}

}  // namespace steelyard::http
