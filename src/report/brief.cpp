// SPDX-License-Identifier: Apache-2.0
#include "steelyard/report/brief.hpp"

#include "report/answers/answer.hpp"
#include "report/draws.hpp"
#include "report/evidence_words.hpp"
#include "report/facts.hpp"
#include "report/study.hpp"
#include "report/uncertain.hpp"
#include "report/words.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/core/version.hpp"

#include <algorithm>

namespace steelyard::report {

namespace {

/// What an analyst asks of any negotiation, for a case that asks nothing itself.
std::vector<Question> usual_questions(const Study& study) {
    const Table& table = study.tables.front();
    std::vector<Question> questions;
    const auto ask = [&](std::string id, std::string text, QuestionKind kind,
                         std::optional<ActorId> actor = std::nullopt,
                         std::optional<ActorId> to = std::nullopt) {
        QuestionPart part;
        part.kind = kind;
        part.actor = actor;
        part.to = to;
        questions.push_back({std::move(id), std::move(text), {std::move(part)}});
    };
    ask("deal_exists", "Is there a deal that the table would accept?", QuestionKind::deal_exists);
    ask("deal_likely", "Which deal would they reach?", QuestionKind::deal_likely);
    for (const ActorId actor : table.actors) {
        ask("gains_" + study.subject[actor].id,
            "What can " + study.name(actor) + " gain, and what does it risk?", QuestionKind::gains_and_risks,
            actor);
    }
    if (table.actors.size() == 2) {
        for (const std::size_t giver : {std::size_t{0}, std::size_t{1}}) {
            const ActorId actor = table.actors[giver];
            const ActorId to = table.actors[1 - giver];
            ask("offers_" + study.subject[actor].id,
                "What can " + study.name(actor) + " offer " + study.name(to) + "?", QuestionKind::can_offer,
                actor, to);
        }
    }
    ask("what_changes", "What would change the answer?", QuestionKind::what_changes);
    questions.back().parts.front().conclusion = "deal_exists";
    return questions;
}

/// Marks the parts that an earlier question has as well.
void refer_back(std::vector<Answer>& answers) {
    for (auto answer = answers.begin(); answer != answers.end(); ++answer) {
        for (AnswerPart& part : answer->parts) {
            for (auto earlier = answers.begin(); earlier != answer && part.see.empty(); ++earlier) {
                const bool same = std::ranges::any_of(earlier->parts, [&](const AnswerPart& other) {
                    return other.see.empty() && other.title == part.title &&
                           other.sentence == part.sentence && other.why == part.why;
                });
                if (same) {
                    part.see = earlier->id;
                    part.tables.clear();
                    part.forecast.reset();
                    part.states.reset();
                    part.order.reset();
                    part.partners.reset();
                }
            }
        }
    }
}

Answer answer(Study& study, const Question& question, std::size_t place, std::vector<Concluded>& concluded) {
    Answer result;
    result.id = question.id;
    result.ask = question.ask;
    std::set<std::size_t> numbers;
    for (const QuestionPart& part : question.parts) {
        study.context.check();
        const KindRow& row = row_of(part.kind);
        Draft draft = row.answer(study, part);
        draft.part.title = part_title(study, part);
        numbers.merge(draft.numbers);
        if (draft.conclusion) {
            concluded.push_back({place, result.parts.size(), std::move(*draft.conclusion)});
        }
        std::vector<AnswerPart> parts = std::move(draft.more);
        parts.insert(parts.begin(), std::move(draft.part));
        for (AnswerPart& piece : parts) {
            piece.kind = std::string(row.name);
            result.sentence += (result.sentence.empty() ? "" : " ") + piece.sentence;
            result.parts.push_back(std::move(piece));
        }
    }
    result.rests_on = rests_on(study, numbers);
    result.confidence = confidence_in(study, result.rests_on, numbers);
    return result;
}

std::vector<std::string> summary(Study& study, const std::vector<Answer>& answers, const Evidence& evidence) {
    std::vector<std::string> lines;
    const TableStudy& at = study.at("");
    const auto share = at.acceptable_share();
    const std::string everybody = at.table.accept.unanimity()
                                      ? "acceptable to " + study.names(at.table.actors)
                                      : "acceptable under the table's rule";
    if (!at.agreement()) {
        lines.push_back(
            sentence("none of the " + count_text(at.frontier.feasible) + " possible deals is " + everybody));
    } else {
        lines.push_back(sentence(count_text(at.frontier.acceptable) + " of the " +
                                 count_text(at.frontier.feasible) + " possible deals" +
                                 (share ? " (" + share_text(*share) + ")" : "") + " are " + everybody));
        const Deal& nash = at.likely()->deal;
        const auto changes = study.changes(at, nash);
        lines.push_back(
            changes.empty()
                ? "The balanced deal leaves everything as it is today."
                : sentence("the balanced deal " +
                           (study.has_today(at) ? "changes " + std::to_string(changes.size()) + " of "
                                                : std::string("settles ")) +
                           count_of(at.open.size(), "open issue") + ": " + some_of(changes, 6)));
        std::vector<std::string> seated;
        std::vector<std::string> outside;
        for (const ActorId actor : study.scores.actors()) {
            (at.seats(actor) ? seated : outside)
                .push_back(study.name(actor) + " " + gain_phrase(study, at, actor, study.gain(actor, nash)));
        }
        constexpr std::size_t few = 3;  // beyond that, shares of stakes are too much to read
        lines.push_back(sentence(
            "in it " + (seated.size() <= few ? list_text(seated)
                                             : "the gains are " + gains_text(study, at.table.actors, nash))));
        if (!outside.empty()) {
            lines.push_back(sentence("of those without a seat, " + list_text(outside)));
        }
        std::vector<std::string> broken;
        for (const std::size_t index : study.broken(nash)) {
            broken.push_back(obligation_phrase(study, index));
        }
        if (!study.subject.obligations.empty()) {
            lines.push_back(broken.empty() ? "It breaks none of the obligations in the case."
                                           : sentence("it breaks " + list_text(broken)));
        }
    }
    if (evidence.numbers > 0) {
        const double assumed =
            static_cast<double>(evidence.assumed_with_claims + evidence.assumed_only) / evidence.numbers;
        lines.push_back(sentence(
            (assumed == 0 ? "none of the " + std::to_string(evidence.numbers) + " numbers in the case is"
                          : share_text(assumed) + " of the " + std::to_string(evidence.numbers) +
                                " numbers in the case are") +
            (assumed == 0 ? " marked as an assumption; " : " its author's assumptions; ") +
            (evidence.claims == 0
                 ? "the case traces none of them to a source"
                 : share_text(static_cast<double>(evidence.claims_only + evidence.assumed_with_claims) /
                              evidence.numbers) +
                       " lean on at least one of " +
                       count_of(static_cast<std::size_t>(evidence.claims), "claim") + " from " +
                       count_of(static_cast<std::size_t>(evidence.origins), "independent origin"))));
    }
    std::vector<std::string> analyses;
    for (const Answer& item : answers) {
        for (const AnswerPart& part : item.parts) {
            if (part.needs && std::ranges::find(analyses, part.needs->analysis) == analyses.end()) {
                analyses.push_back(part.needs->analysis);
            }
        }
    }
    if (!analyses.empty()) {
        lines.push_back(
            sentence("parts of some answers need more than was run here: " + list_text(analyses)));
    }
    return lines;
}

std::vector<std::string> reading_notes(const std::vector<Answer>& answers) {
    std::vector<std::string> notes = {
        "Points are each actor's own: they compare deals for one actor, never two actors with each other.",
        ("A gain is what a deal is worth above what the actor has without agreement. Percentages are "
         "shares of what is at stake for it at the table: its best minus its worst option, added over the "
         "open issues."),
        ("A deal takes one option for every issue. It is possible when it breaks no rule and no hard "
         "obligation, acceptable when the table's rule accepts it, efficient when nobody at the table can "
         "get more without another getting less."),
        ("The balanced deal is Nash's: among the acceptable deals the one with the largest product of "
         "gains. It treats both sides alike and is a yardstick, not a forecast."),
        ("Normative statements say what would be acceptable, efficient or fair if the numbers hold; "
         "descriptive ones what somebody is likely to want or do; prescriptive ones what could be done."),
        ("Claims carry the Admiralty code: the source from A (reliable) to F (cannot be judged), the "
         "statement from 1 (confirmed) to 6 (cannot be judged)."),
    };
    const bool likelihoods = std::ranges::any_of(answers, [](const Answer& item) {
        return std::ranges::any_of(item.parts,
                                   [](const AnswerPart& part) { return part.likelihood.has_value(); });
    });
    if (likelihoods) {
        notes.emplace_back(
            "Words of likelihood follow ICD 203: almost no chance 1-5%, very unlikely 5-20%, unlikely "
            "20-45%, roughly even "
            "chance 45-55%, likely 55-80%, very likely 80-95%, almost certain 95-99%.");
    }
    return notes;
}

std::vector<Person> people(const Study& study) {
    std::vector<Person> actors;
    for (std::size_t a = 0; a < study.subject.actors.size(); ++a) {
        const Actor& actor = study.subject.actors[a];
        Person person{actor.id, actor.name.empty() ? actor.id : actor.name, actor.about, {}};
        for (const Table& table : study.tables) {
            if (std::ranges::find(table.actors, ActorId(a)) != table.actors.end()) {
                person.tables.push_back(study.table_name(table));
            }
        }
        actors.push_back(std::move(person));
    }
    return actors;
}

std::vector<SourceNote> source_notes(const Study& study) {
    std::vector<SourceNote> notes;
    for (std::size_t s = 0; s < study.subject.sources.size(); ++s) {
        const Source& source = study.subject.sources[s];
        SourceNote note{source.id,
                        source.title.empty() ? source.id : source.title,
                        source.publisher,
                        source.author,
                        source.date,
                        source.url,
                        source.reliability ? std::string(1, *source.reliability) : "",
                        source.note,
                        0};
        note.claims = static_cast<int>(std::ranges::count_if(
            study.subject.claims, [&](const Claim& claim) { return claim.source == SourceId(s); }));
        notes.push_back(std::move(note));
    }
    return notes;
}

}  // namespace

Brief make_brief(const Case& subject, const BriefOptions& options, const Context& context) {
    if (subject.preferences.empty()) {
        throw Error(
            ErrorKind::missing_section,
            std::vector{Problem{
                {},
                "the brief needs to know what options are worth to somebody",
                "no preferences",
                "a `preferences` section; `steelyard analyses CASE` lists what can be asked without one",
                {}}});
    }
    Study study(subject, context);
    study.drawn = options.draws > 0 && std::ranges::any_of(study.numbers, [](const CaseNumber& number) {
                      return number.number.uncertain() && makes_points(number.role);
                  });
    Brief brief;
    brief.title = subject.title.empty() ? subject.id : subject.title;
    brief.as_of = subject.as_of;
    brief.about = subject.about;
    brief.citation = subject.citation;
    brief.actors = people(study);
    const std::vector<Question> questions =
        subject.questions.empty() ? usual_questions(study) : subject.questions;
    std::vector<Concluded> concluded;
    for (std::size_t q = 0; q < questions.size(); ++q) {
        context.report("question " + questions[q].id, static_cast<double>(q),
                       static_cast<double>(questions.size()));
        brief.answers.push_back(answer(study, questions[q], q, concluded));
    }
    if (study.drawn) {
        brief.uncertain = study_uncertainty(study, concluded, brief.answers, options.draws);
    }
    if (brief.uncertain) {
        tell_uncertainty(*brief.uncertain, concluded, brief.answers);
    }
    refer_back(brief.answers);
    brief.evidence = whole_evidence(study);
    brief.summary = summary(study, brief.answers, brief.evidence);
    for (const TableStudy* at : study.studied()) {
        brief.tables.push_back(table_facts(study, *at, options.sample));
    }
    brief.heat = heat_rows(study);
    brief.claims = cited_claims(study, brief.answers);
    brief.sources = source_notes(study);
    brief.notes = reading_notes(brief.answers);
    if (brief.uncertain) {
        std::ranges::move(uncertainty_notes(*brief.uncertain), std::back_inserter(brief.notes));
        brief.summary.push_back(brief.uncertain->summary.front());
    }
    brief.provenance = {std::string(version()), subject.id, options.case_hash, to_value(options),
                        context.seed};
    return brief;
}

}  // namespace steelyard::report
