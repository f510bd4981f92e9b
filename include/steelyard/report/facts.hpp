// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The facts of a brief that its pictures show: who is there, where the deals lie, what matters to whom, what the
/// numbers rest on.

#include "steelyard/core/described.hpp"
#include "steelyard/core/rational.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard::report {

struct Person {
    std::string id;
    std::string name;
    std::string about;
    std::vector<std::string> tables;

    static constexpr auto fields() {
        return std::tuple{
            field("id", &Person::id, "The actor's id."),
            field("name", &Person::name, "Its name."),
            field("about", &Person::about, "Who it is."),
            field("tables", &Person::tables, "Tables it sits at."),
        };
    }
};

/// A deal worth a mark of its own.
struct MarkedDeal {
    std::vector<std::string> concepts;
    std::string name;
    Named<std::string> deal;
    std::vector<std::string> changes;
    Named<Rational> points;
    Named<Rational> gains;
    Named<double> percent;
    std::string ties;
    std::vector<std::string> obligations_broken;

    static constexpr auto fields() {
        return std::tuple{
            field("concepts", &MarkedDeal::concepts, "The solution concepts that choose it."),
            field("name", &MarkedDeal::name, "What it is called in this brief."),
            field("deal", &MarkedDeal::deal, "Issue and option."),
            field("changes", &MarkedDeal::changes, "What it changes from today, in words."),
            field("points", &MarkedDeal::points, "Points of every actor that has preferences.", "points"),
            field("gains", &MarkedDeal::gains, "Points above the no-deal value.", "points"),
            field("percent", &MarkedDeal::percent,
                  "The gain as a share of what is at stake for the actor at this table.", "%"),
            field("ties", &MarkedDeal::ties, "How many deals are equally good by the first of its concepts."),
            field("obligations_broken", &MarkedDeal::obligations_broken, "Obligations it breaks, by id."),
        };
    }
};

struct EfficientDeal {
    Named<Rational> points;
    bool acceptable = false;

    static constexpr auto fields() {
        return std::tuple{
            field("points", &EfficientDeal::points, "Points of every actor that has preferences.", "points"),
            field("acceptable", &EfficientDeal::acceptable, "Whether the table accepts it."),
        };
    }
};

/// How often an actor of the table would say yes, and how often its no decides.
struct Acceptance {
    std::string actor;
    double accepts = 0;
    int stops = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("actor", &Acceptance::actor, "The actor."),
            field("accepts", &Acceptance::accepts,
                  "Share of feasible deals that leave it at least its no-deal value.", "%", {0, 100}),
            field("stops", &Acceptance::stops,
                  "Efficient deals that the table would accept if this actor alone changed its mind.",
                  "deals"),
        };
    }
};

/// One table: how much can be agreed, and where the deals lie.
struct TableFacts {
    std::string id;
    std::string name;
    std::vector<std::string> actors;
    std::string deals;
    std::string feasible;
    std::string acceptable;
    std::optional<double> acceptable_share;
    bool exact = true;
    Named<Rational> no_deal;
    Named<Rational> stake;
    std::vector<Acceptance> acceptance;
    std::vector<EfficientDeal> frontier;
    std::vector<std::vector<double>> sample;
    std::vector<MarkedDeal> marks;

    static constexpr auto fields() {
        return std::tuple{
            field("id", &TableFacts::id, "The table's id."),
            field("name", &TableFacts::name, "Its name."),
            field("actors", &TableFacts::actors, "Who sits there."),
            field("deals", &TableFacts::deals, "All deals of the table."),
            field("feasible", &TableFacts::feasible, "Deals that break no rule and no hard obligation."),
            field("acceptable", &TableFacts::acceptable, "Feasible deals that the table accepts."),
            field("acceptable_share", &TableFacts::acceptable_share,
                  "Acceptable deals as a share of feasible ones.", "%"),
            field("exact", &TableFacts::exact, "Whether the frontier is complete."),
            field("no_deal", &TableFacts::no_deal, "What each actor has without agreement.", "points"),
            field("stake", &TableFacts::stake,
                  "What is at stake for each actor: best minus worst option, added over the open issues.",
                  "points"),
            field("acceptance", &TableFacts::acceptance, "How often each of them would say yes."),
            field("frontier", &TableFacts::frontier,
                  "The efficient deals: none is better for one actor and worse for no other."),
            field("sample", &TableFacts::sample,
                  "Other feasible deals, spread evenly: points in the order of `actors`."),
            field("marks", &TableFacts::marks, "The deals that bargaining theory singles out."),
        };
    }
};

/// How much of an actor's stake lies in an issue.
struct HeatRow {
    std::string issue;
    std::string name;
    std::vector<std::string> levels;
    std::string table;
    Named<double> shares;

    static constexpr auto fields() {
        return std::tuple{
            field("issue", &HeatRow::issue, "The issue's id."),
            field("name", &HeatRow::name, "Its name."),
            field("levels", &HeatRow::levels, "Its level tags."),
            field("table", &HeatRow::table, "The table it is settled at; empty when at none."),
            field("shares", &HeatRow::shares,
                  "Best minus worst option as a share of the actor's sum over all open issues.", "%"),
        };
    }
};

/// What the numbers of the whole case rest on.  The four kinds add up to `numbers`.
struct Evidence {
    int numbers = 0;
    int claims_only = 0;
    int assumed_with_claims = 0;
    int assumed_only = 0;
    int unsourced = 0;
    int claims = 0;
    int sources = 0;
    int origins = 0;
    int contradicted = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("numbers", &Evidence::numbers, "Numbers in the case."),
            field("claims_only", &Evidence::claims_only, "Taken from claims, without an assumption."),
            field("assumed_with_claims", &Evidence::assumed_with_claims,
                  "The author's assumptions that lean on a claim."),
            field("assumed_only", &Evidence::assumed_only, "The author's assumptions that lean on none."),
            field("unsourced", &Evidence::unsourced, "With neither claim nor assumption."),
            field("claims", &Evidence::claims, "Claims in the case."),
            field("sources", &Evidence::sources, "Sources in the case."),
            field("origins", &Evidence::origins,
                  "Independent origins of these sources; several reports of one origin count once."),
            field("contradicted", &Evidence::contradicted, "Claims that another claim contradicts."),
        };
    }
};

struct SourceNote {
    std::string id;
    std::string title;
    std::string publisher;
    std::string author;
    std::string date;
    std::string url;
    std::string reliability;
    std::string note;
    int claims = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("id", &SourceNote::id, "The source's id."),
            field("title", &SourceNote::title, "Its title."),
            field("publisher", &SourceNote::publisher, "Who published it."),
            field("author", &SourceNote::author, "Who wrote it."),
            field("date", &SourceNote::date, "When."),
            field("url", &SourceNote::url, "Where it can be read."),
            field("reliability", &SourceNote::reliability, "Admiralty code A to F; empty when not rated."),
            field("note", &SourceNote::note, "What the case author says of it."),
            field("claims", &SourceNote::claims, "Claims read from it."),
        };
    }
};

}  // namespace steelyard::report
