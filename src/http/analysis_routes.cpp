// SPDX-License-Identifier: Apache-2.0
// Analyses and the brief.
#include "bodies.hpp"
#include "openapi.hpp"
#include "service.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/registry/arguments.hpp"
#include "steelyard/report/brief.hpp"
#include "steelyard/report/render.hpp"
#include "steelyard/store/panel.hpp"

#include <algorithm>
#include <set>

namespace steelyard::http {

namespace {

/// The brief has pictures and a style sheet of its own, no script; it may do nothing else.
constexpr std::string_view kBriefPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'; "
    "form-action 'none'; sandbox";

/// Columns of the brief as text.
constexpr int kTextWidth = 100;

/// The questions wanted, and those that they lean on.
void keep_questions(Case& subject, const std::vector<std::string>& only) {
    std::vector<std::string> known;
    for (const Question& question : subject.questions)
        known.push_back(question.id);
    std::vector<std::string> open = only;
    std::set<std::string> kept;
    while (!open.empty()) {
        const std::string id = open.back();
        open.pop_back();
        const auto question = std::ranges::find(subject.questions, id, &Question::id);
        if (question == subject.questions.end())
            throw Error(ErrorKind::unknown_name,
                        std::vector{Problem{Place{{}, 0, 0, "/only"}, "the case has no such question", id,
                                            join_names(known), nearest_name(id, known)}});
        if (!kept.insert(id).second)
            continue;
        for (const QuestionPart& part : question->parts) {
            if (std::ranges::find(known, part.conclusion) != known.end())
                open.push_back(part.conclusion);
        }
    }
    std::erase_if(subject.questions, [&](const Question& question) { return !kept.contains(question.id); });
}

/// Leaves out the parts of questions that take long, and those that lean on a question that has lost some, unless that
/// leaves nothing.
void keep_quick_parts(Case& subject) {
    std::set<std::string> cut;  // questions that lose a part
    const auto is_slow = [&](const QuestionPart& part) {
        return part.kind == QuestionKind::order || part.kind == QuestionKind::partners ||
               cut.contains(part.conclusion);
    };
    for (bool more = true; more;) {
        more = false;
        for (const Question& question : subject.questions) {
            if (std::ranges::any_of(question.parts, is_slow))
                more = cut.insert(question.id).second || more;
        }
    }
    std::vector<Question> quick = subject.questions;
    for (Question& question : quick)
        std::erase_if(question.parts, is_slow);
    std::erase_if(quick, [](const Question& question) { return question.parts.empty(); });
    if (!quick.empty())
        subject.questions = std::move(quick);
}

Response text_response(std::string type, std::string text) {
    Response response;
    response.type = std::move(type);
    response.body = std::move(text);
    return response;
}

}  // namespace

Response list_analyses(Call&) {
    Value::List list;
    for (const Analysis& analysis : analyses())
        list.push_back(to_tree(analysis));
    return json_response(Value(std::move(list)));
}

Response get_openapi(Call&) {
    return json_response(openapi());
}

Response run_analysis(Call& call) {
    const auto request = read_request(call.body);
    find_analysis(request.analysis)
        .complete(request.options);  // a wrong option is told before the case is read
    const LoadedCase loaded = call.service.load(request.subject, request.overrides);
    call.context.seed = request.seed;
    return json_response(
        to_tree(run(request.analysis, loaded.subject, request.options, call.context, loaded.overrides)));
}

Response make_brief(Call& call) {
    const auto body = read_options<BriefBody>(call.body);
    const std::string format = call.target.get("format").value_or("json");
    if (format != "json" && format != "html" && format != "markdown" && format != "text")
        throw Error(ErrorKind::usage,
                    std::vector{Problem{
                        {}, "the brief has no such format", format, "json, html, markdown, text", {}}});
    LoadedCase loaded = call.service.load(body.subject, body.overrides);
    std::vector<std::string> said;
    if (body.pooled) {
        if (auto lease = call.service.stores.read()) {
            const auto current = store::current_judgements(*lease, loaded.subject);
            said.push_back(
                apply_pools(loaded, read_options<evidence::PoolOptions>(current.arguments), current.summary));
        }
    }
    report::BriefOptions options;
    options.case_hash = case_hash(loaded.subject);
    options.overrides = loaded.overrides;
    if (!body.only.empty())
        keep_questions(loaded.subject, body.only);
    if (body.quick) {
        options.draws = 0;
        keep_quick_parts(loaded.subject);
    }
    call.context.seed = body.seed;
    report::Brief brief = report::make_brief(loaded.subject, options, call.context);
    brief.notes.insert(brief.notes.end(), said.begin(), said.end());
    if (!body.only.empty()) {
        std::erase_if(brief.answers, [&](const report::Answer& answer) {
            return std::ranges::find(body.only, answer.id) == body.only.end();
        });
    }
    if (format == "markdown")
        return text_response("text/markdown; charset=utf-8", report::to_markdown(brief));
    if (format == "text")
        return text_response("text/plain; charset=utf-8", report::to_terminal(brief, kTextWidth, false));
    if (format == "json")
        return json_response(to_value(brief));
    Response response = text_response("text/html; charset=utf-8", report::to_html(brief));
    response.headers.emplace_back("Content-Security-Policy", kBriefPolicy);
    return response;
}

Response cancel_job(Call& call) {
    if (!call.service.jobs.cancel(call.client, call.parameters[0]))
        throw Refusal(404, "unknown_name", "no job of this client has this name: " + call.parameters[0]);
    return json_response(to_value(CancelAnswer{true}));
}

}  // namespace steelyard::http
