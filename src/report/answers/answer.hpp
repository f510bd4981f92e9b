// SPDX-License-Identifier: Apache-2.0
#pragma once
/// One function per kind of question.  A new analysis answers its kind by changing that kind's function.

#include "report/conclusion.hpp"
#include "report/study.hpp"
#include "report/words.hpp"
#include "steelyard/report/brief.hpp"

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::report {

/// A part with the numbers of the case it used (places in Study::numbers), and parts that go with it but make
/// another sort of statement.
struct Draft {
    AnswerPart part;
    std::vector<AnswerPart> more;  ///< with their own titles
    std::set<std::size_t> numbers;
    std::optional<Conclusion> conclusion;  ///< of `part`
};

using AnswerFunction = Draft (*)(Study&, const QuestionPart&);

Draft answer_deal_exists(Study& study, const QuestionPart& part);
Draft answer_deal_likely(Study& study, const QuestionPart& part);
Draft answer_deal_holds(Study& study, const QuestionPart& part);
Draft answer_gains_and_risks(Study& study, const QuestionPart& part);
Draft answer_purpose(Study& study, const QuestionPart& part);
Draft answer_can_offer(Study& study, const QuestionPart& part);
Draft answer_reaction(Study& study, const QuestionPart& part);
Draft answer_order(Study& study, const QuestionPart& part);
Draft answer_partners(Study& study, const QuestionPart& part);
Draft answer_levels(Study& study, const QuestionPart& part);
Draft answer_what_changes(Study& study, const QuestionPart& part);

/// One kind of question: its name in the case file, and what answers it.
struct KindRow {
    QuestionKind kind;
    std::string_view name;
    AnswerFunction answer;
};

/// Every kind, in the order of the enumeration.
std::span<const KindRow> kind_rows();
const KindRow& row_of(QuestionKind kind);

/// What the part is about, as a heading: `Gains and risks of Russia`.
std::string part_title(const Study& study, const QuestionPart& part);

// ---- what several answers say -------------------------------------------------------------------

/// Notes the numbers of the actors that touch the table.
void use_table(Draft& draft, const Study& study, const TableStudy& at, const std::vector<ActorId>& actors);

/// `gains 8 points (18% of what is at stake for it)`, `loses ...`, `neither gains nor loses`
std::string gain_phrase(const Study& study, const TableStudy& at, ActorId actor, const Rational& gain);

/// `both Belarus and the United States`, `all of A, B and C`
std::string everybody(const Study& study, const std::vector<ActorId>& actors);

/// `Belarus 8 and the United States 4.5 points`
std::string gains_text(const Study& study, const std::vector<ActorId>& actors, const Deal& deal);

/// The actor's points among `points`, above its no-deal value.
Rational over_no_agreement(const Study& study, ActorId actor, const Named<Rational>& points);

/// `Nash`, `egalitarian`, ...
std::string concept_name(space::Concept which);

/// What the deal is called: the concepts that choose it.
std::string deal_name(const ChosenDeal& chosen);

/// Two sentences that say a table has no acceptable deal, for kinds that need one.
Draft no_agreement(const Study& study, const TableStudy& at, Label label);

/// `“Ties with the US must not harm Russia” (owed by Belarus to Russia)`
std::string obligation_phrase(const Study& study, std::size_t obligation);

/// What one move of the conflict section does to a deal; none when it changes nothing or breaks a rule.
struct MoveEffect {
    MoveId move;
    Deal deal;
};
std::vector<MoveEffect> move_effects(const Study& study, const Deal& deal);

/// `Nobody at the table is better off by ...`: items, at most `most` of them, with the number left out.
std::string some_of(const std::vector<std::string>& items, std::size_t most);

/// A cell of a fact table.
Value cell(const Rational& value);
inline Value cell(std::string_view text) {
    return Value(text);
}

}  // namespace steelyard::report
