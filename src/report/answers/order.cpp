// SPDX-License-Identifier: Apache-2.0
#include "steelyard/linkage/order.hpp"

#include "report/answers/answer.hpp"

#include <algorithm>
#include <iterator>

namespace steelyard::report {

namespace {

/// One order of the tables, as played.
struct Sequence {
    std::vector<Table> order;
    Named<Rational> points;
    Deal deal;                       ///< in the end
    std::vector<std::string> story;  ///< what each table and each answering actor does
};

std::string order_name(const Study& study, const std::vector<Table>& order) {
    std::string text;
    for (const Table& table : order) {
        text += (text.empty() ? "" : " → ") + study.table_name(table);
    }
    return text;
}

/// Every order of the tables, each played by people who see the later tables and the answers from outside coming.
std::vector<Sequence> all_orders(const Case& subject, const linkage::OrderResult& played,
                                 const std::vector<Table>& tables) {
    std::vector<Sequence> sequences;
    for (const linkage::OrderRow& row : played.orders) {
        Sequence sequence;
        for (const std::string& id : row.order) {
            sequence.order.push_back(*std::ranges::find(tables, id, &Table::id));
        }
        sequence.points = row.points;
        sequence.deal = deal_from_names(subject, row.deal);
        for (const linkage::TurnRow& turn : row.turns) {
            if (turn.agreed || !turn.table.empty()) {
                sequence.story.push_back(turn.text);
            }
        }
        sequences.push_back(std::move(sequence));
    }
    return sequences;
}

/// What going first is worth, to those to whom it makes a difference.
std::vector<std::string> going_first(const Study& study, const linkage::OrderResult& played) {
    std::vector<std::string> lines;
    for (const linkage::FirstMover& table : played.first_movers) {
        std::vector<std::string> items;
        for (const auto& [id, advantage] : table.advantage) {
            const ActorId actor = find_actor(study.subject, id);
            if (advantage != Rational{}) {
                items.push_back(study.name(actor) +
                                std::string(advantage > Rational{} ? study.verb(actor, " gains ", " gain ")
                                                                   : study.verb(actor, " loses ", " lose ")) +
                                points_text(advantage));
            }
        }
        const std::string name = "“" + study.table_name(find_table(study.subject, table.table)) + "”";
        lines.push_back(items.empty() ? sentence("whether " + name +
                                                 " comes first or last makes no difference to those who "
                                                 "sit there")
                                      : sentence("when " + name + " comes first rather than last, " +
                                                 list_text(items) + " on average"));
    }
    return lines;
}

OrderTree tree_of(const Study& study, const std::vector<Sequence>& sequences,
                  const std::vector<ActorId>& actors) {
    OrderTree tree;
    for (const ActorId actor : actors) {
        tree.actors.push_back(study.subject[actor].id);
    }
    for (const Sequence& sequence : sequences) {
        OrderLeaf leaf;
        for (const Table& table : sequence.order) {
            leaf.tables.push_back(study.table_name(table));
        }
        for (const ActorId actor : actors) {
            leaf.gains.emplace_back(study.subject[actor].id,
                                    over_no_agreement(study, actor, sequence.points));
        }
        tree.orders.push_back(std::move(leaf));
    }
    std::ranges::stable_sort(tree.orders, {}, [&](const OrderLeaf& leaf) {
        std::vector<std::size_t> places;
        for (const std::string& name : leaf.tables) {
            places.push_back(static_cast<std::size_t>(std::ranges::find(tree.orders.front().tables, name) -
                                                      tree.orders.front().tables.begin()));
        }
        return places;
    });
    return tree;
}

}  // namespace

Draft answer_order(Study& study, const QuestionPart& part) {
    Draft draft;
    AnswerPart& answer = draft.part;
    answer.label = Label::descriptive;
    std::vector<Table> tables;
    for (const TableId id : part.tables) {
        tables.push_back(study.tables[id.index]);
    }
    if (tables.empty()) {
        tables = study.tables;
    }
    constexpr std::size_t most = 4;  // 24 orders
    if (tables.size() < 2 || tables.size() > most || !status_quo_deal(study.subject)) {
        answer.sentence =
            tables.size() < 2 ? "The case has a single table, so there is no order to choose."
            : tables.size() > most
                ? "More than four tables are too many orders for this comparison."
                : "Some issue has no option in force today, so the tables cannot be settled one by one.";
        return draft;
    }
    linkage::OrderOptions options;
    for (const Table& table : tables) {
        options.tables.push_back(table.id);
    }
    const linkage::OrderResult played = linkage::order(study.subject, options, study.context);
    const auto sequences = all_orders(study.subject, played, tables);
    // For every actor the best and the worst order.
    struct Stake {
        ActorId actor;
        std::size_t best = 0, worst = 0;
        Rational high, low;
        [[nodiscard]] Rational spread() const { return high - low; }
    };
    std::vector<Stake> stakes;
    for (const ActorId actor : study.scores.actors()) {
        const Rational first = over_no_agreement(study, actor, sequences[0].points);
        Stake stake{actor, 0, 0, first, first};
        for (std::size_t s = 1; s < sequences.size(); ++s) {
            const Rational gain = over_no_agreement(study, actor, sequences[s].points);
            if (gain > stake.high) {
                stake.high = gain;
                stake.best = s;
            }
            if (gain < stake.low) {
                stake.low = gain;
                stake.worst = s;
            }
        }
        stakes.push_back(stake);
        for (const Table& table : tables) {
            use_table(draft, study, study.at(table.id), {});
        }
    }
    const std::size_t orders = sequences.size();
    const auto seated = [&](ActorId actor) {
        return std::ranges::any_of(tables, [&](const Table& table) {
            return std::ranges::find(table.actors, actor) != table.actors.end();
        });
    };
    std::vector<std::string> spans;
    for (const Stake& stake : stakes) {
        if (seated(stake.actor) && stake.spread() != Rational{}) {
            spans.push_back(study.name(stake.actor) + " ends at " + signed_text(stake.high.to_double()) +
                            " or at " + signed_text(stake.low.to_double()));
        }
    }
    answer.sentence =
        spans.empty()
            ? sentence("the order does not matter: the " + std::to_string(orders) +
                       " orders of the tables end with the same points for everybody who sits there")
            : sentence("the order matters: depending on it, " + list_text(spans));
    for (const Stake& stake : stakes) {
        if (!seated(stake.actor)) {
            continue;
        }
        answer.why.push_back(stake.spread() == Rational{}
                                 ? sentence("to " + study.name(stake.actor) +
                                            " the order makes no difference (" +
                                            signed_text(stake.high.to_double()) + ")")
                                 : sentence("best for " + study.name(stake.actor) + " (" +
                                            signed_text(stake.high.to_double()) +
                                            "): " + order_name(study, sequences[stake.best].order) +
                                            "; worst (" + signed_text(stake.low.to_double()) +
                                            "): " + order_name(study, sequences[stake.worst].order)));
    }
    std::ranges::copy(going_first(study, played), std::back_inserter(answer.why));
    answer.why.push_back(
        "Every table is taken to reach Nash's deal, seeing what later tables and actors outside will do; an "
        "actor "
        "outside answers by whichever of its moves brings it most points.");
    answer.why.push_back("Told for " + order_name(study, sequences.front().order) + ":");
    std::ranges::copy(sequences.front().story, std::back_inserter(answer.why));
    FactTable table;
    table.caption = "Every order of the tables: points over no agreement at the end";
    table.columns = {"Order"};
    for (const ActorId actor : study.scores.actors()) {
        table.columns.push_back(study.heading(actor));
    }
    for (const Sequence& sequence : sequences) {
        std::vector<Value> row{cell(order_name(study, sequence.order))};
        for (const ActorId actor : study.scores.actors()) {
            row.push_back(cell(over_no_agreement(study, actor, sequence.points)));
        }
        table.rows.push_back(std::move(row));
    }
    answer.tables.push_back(std::move(table));
    const auto widest = std::ranges::max_element(
        stakes, {}, [&](const Stake& stake) { return seated(stake.actor) ? stake.spread() : Rational{}; });
    if (widest != stakes.end() && seated(widest->actor) && widest->spread() != Rational{}) {
        const Sequence& best = sequences[widest->best];
        const Sequence& worst = sequences[widest->worst];
        draft.conclusion = concludes_better(study, widest->actor, best.deal, worst.deal,
                                            study.name(widest->actor) +
                                                std::string(study.verb(widest->actor, " does", " do")) +
                                                " better with the order " + order_name(study, best.order) +
                                                " than with " + order_name(study, worst.order));
    }
    std::vector<ActorId> present;
    std::ranges::copy_if(study.scores.actors(), std::back_inserter(present), seated);
    answer.order = tree_of(study, sequences, present);
    std::vector<std::string> across;
    for (const Bundle& bundle : study.subject.bundles) {
        std::size_t touched = 0;
        for (const Table& candidate : tables) {
            touched += std::ranges::any_of(bundle.when.terms,
                                           [&](const auto& term) {
                                               return std::ranges::find(candidate.issues, term.first) !=
                                                      candidate.issues.end();
                                           })
                           ? 1U
                           : 0U;
        }
        if (touched > 1) {
            across.push_back("“" + clause(bundle.basis.why) + "”");
        }
    }
    answer.would_change.push_back(
        across.empty()
            ? "No combination of options links the tables in this case; without one, order cannot matter."
            : sentence("the order matters through " + count_of(across.size(), "combination") +
                       " of options across tables, among them " + some_of(across, 3)));
    return draft;
}

}  // namespace steelyard::report
