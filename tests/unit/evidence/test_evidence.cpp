// SPDX-License-Identifier: Apache-2.0
#include "evidence/dates.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/core/sha256.hpp"
#include "steelyard/evidence/cite.hpp"
#include "steelyard/evidence/evidence.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

using namespace steelyard;
using evidence::PlaceStatus;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

const std::string kArticle =
    "The carrier wrote to a rival port.\n\nНикто не знает, why — «at all».\n\nThe port promised jobs. The "
    "port promised jobs.";

Source source(std::string id, std::string date = {}, std::string origin = {}) {
    Source made;
    made.id = std::move(id);
    made.date = std::move(date);
    made.origin = std::move(origin);
    return made;
}

/// The text as code points, decoded the plain way.
std::u32string code_points(std::string_view text) {
    std::u32string points;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0U) == 0x80U)
            points.back() = points.back() << 6U | (byte & 0x3FU);
        else
            points.push_back(byte < 0x80   ? byte
                             : byte < 0xE0 ? byte & 0x1FU
                             : byte < 0xF0 ? byte & 0xFU
                                           : byte & 7U);
    }
    return points;
}

/// Two claims of one source, one of another, and numbers that rest on them.
Case sample() {
    Case subject;
    subject.id = "sample";
    subject.as_of = "2026-03";
    subject.actors = {{"port", "Port", {}, Number(60)}, {"carrier", "Carrier", {}, {}}};
    subject.issues = {{"rent", "Rent", {}, {}, {{"low", {}, {}, 0}, {"high", {}, {}, 100}}, false, {}}};
    subject.sources = {source("gazette", "2026-02", "agency"), source("herald", "2020", "agency"),
                       source("records", {}, {})};
    const auto claim = [&](std::string id, std::size_t source) {
        Claim made;
        made.id = std::move(id);
        made.source = SourceId(source);
        subject.claims.push_back(made);
    };
    claim("letter", 0);
    claim("jobs", 1);
    claim("statute", 2);
    claim("gossip", 0);
    subject.claims[1].contradicts = {ClaimId(std::size_t{0})};
    subject.claims[3].superseded_by = ClaimId(std::size_t{2});

    Preference port;
    port.actor = ActorId(std::size_t{0});
    port.no_deal = Number(35);
    port.no_deal->basis = {{ClaimId(std::size_t{0}), ClaimId(std::size_t{1})}, true, {}};
    Number low(0);
    low.basis = {{ClaimId(std::size_t{2}), ClaimId(std::size_t{0})}, false, {}};
    Number high(40);
    high.basis = {{}, true, {}};
    port.form = PointSheet{{{low, high}}};
    subject.preferences.push_back(port);

    Bundle bundle;
    bundle.points = {{ActorId(std::size_t{0}), Number(5)}};
    bundle.basis.because = {ClaimId(std::size_t{2})};
    subject.bundles.push_back(bundle);
    Rule rule;
    rule.because = {ClaimId(std::size_t{3})};
    subject.rules.push_back(rule);
    return subject;
}

evidence::EvidenceResult run(const Case& subject, const evidence::EvidenceOptions& options = {}) {
    return evidence::evidence(subject, options, {});
}

/// The finding for the first claim when its place is `place` in the article.
evidence::ClaimFinding check(const SourcePlace& place) {
    Case subject = sample();
    subject.claims[0].at = place;
    evidence::EvidenceOptions options;
    options.texts = {{"gazette", {kArticle}}};
    return run(subject, options).claims[0];
}

SourcePlace at(std::optional<int> paragraph, std::optional<std::int64_t> start = {},
               std::optional<std::int64_t> end = {}, std::string_view words = {}) {
    return {paragraph, start, end, words.empty() ? std::string{} : sha256(words), {}, {}, {}};
}

}  // namespace

TEST(Evidence, ExactPlacesAreVerified) {
    EXPECT_EQ(check(at(1, 4, 11, "carrier")).status, PlaceStatus::verified);
    EXPECT_EQ(check(at(2, 36, 41, "Никто")).status, PlaceStatus::verified);
    EXPECT_EQ(check(at({}, 36, 41, "Никто")).status, PlaceStatus::verified);
    EXPECT_EQ(check(at(1, {}, {}, "The carrier wrote to a rival port.")).status, PlaceStatus::verified)
        << "without offsets the span is the paragraph";
    SourcePlace shouted = at(1, 4, 11, "carrier");
    std::ranges::transform(shouted.sha256, shouted.sha256.begin(), ::toupper);
    EXPECT_EQ(check(shouted).status, PlaceStatus::verified);
}

TEST(Evidence, APlantedWrongOffsetIsAnOrphanAndStaysWhereItIs) {
    const auto finding = check(at(1, 5, 12, "carrier"));
    EXPECT_EQ(finding.status, PlaceStatus::orphan);
    EXPECT_THAT(finding.problem, HasSubstr("another SHA-256"));
    EXPECT_EQ(finding.start, 5);
    EXPECT_EQ(finding.end, 12);
}

TEST(Evidence, SaysWhyAPlaceIsAnOrphan) {
    EXPECT_THAT(check(at(2, 4, 11, "carrier")).problem,
                HasSubstr("stands in paragraph 1, not in paragraph 2"));
    EXPECT_THAT(check(at(1, 30, 40, "x")).problem, HasSubstr("runs over several paragraphs"));
    EXPECT_THAT(check(at(4)).problem, HasSubstr("no paragraph 4; the text has 3"));
    EXPECT_THAT(check(at(1, 4, 100000, "x")).problem, HasSubstr("not inside the text"));
    EXPECT_THAT(check(at(1, -1, 4, "x")).problem, HasSubstr("not inside the text"));
    EXPECT_THAT(check(at(1, 9, 9, "x")).problem, HasSubstr("not inside the text"));
    EXPECT_THAT(check(at(1, 9, {}, "x")).problem, HasSubstr("both its start and its end"));
}

TEST(Evidence, QuotesMustMatchToTheLetter) {
    SourcePlace place = at(1, 4, 11);
    place.exact = "carrier";
    place.prefix = "The ";
    place.suffix = " wrote";
    EXPECT_EQ(check(place).status, PlaceStatus::verified);
    place.suffix = " Wrote";
    EXPECT_THAT(check(place).problem, HasSubstr("suffix"));
    place.suffix.clear();
    place.prefix = "A ";
    EXPECT_THAT(check(place).problem, HasSubstr("prefix"));
    place.prefix.clear();
    place.exact = "Carrier";
    EXPECT_THAT(check(place).problem, HasSubstr("not the quote"));
}

TEST(Evidence, AQuoteWithoutOffsetsMustStandInOnePlaceOnly) {
    SourcePlace place;
    place.exact = "rival port";
    EXPECT_EQ(check(place).status, PlaceStatus::verified);
    place.exact = "promised jobs";
    EXPECT_EQ(check(place).status, PlaceStatus::unpinned);
    place.prefix = "The port ";
    place.suffix = ". The";
    EXPECT_EQ(check(place).status, PlaceStatus::verified);
    place.paragraph = 1;
    EXPECT_EQ(check(place).status, PlaceStatus::orphan);
}

TEST(Evidence, APlaceWithoutHashOrQuoteIsUnpinned) {
    EXPECT_EQ(check(at(1)).status, PlaceStatus::unpinned);
    EXPECT_EQ(check(at(1, 4, 11)).status, PlaceStatus::unpinned);
    SourcePlace surroundings = at(1, 4, 11);
    surroundings.prefix = "The ";
    EXPECT_EQ(check(surroundings).status, PlaceStatus::unpinned);
}

TEST(Evidence, ClaimsWithoutTextOrPlaceAreNotOrphans) {
    Case subject = sample();
    subject.claims[0].at = at(1, 4, 11, "carrier");
    const auto result = run(subject);
    EXPECT_EQ(result.claims[0].status, PlaceStatus::no_text);
    EXPECT_EQ(result.claims[1].status, PlaceStatus::no_place);
    EXPECT_THAT(result.orphans, IsEmpty());
    EXPECT_EQ(result.verified, 0);
}

TEST(Evidence, CountsWhatNumbersRestOn) {
    const auto result = run(sample());
    // capability: neither; no_deal: assumption on claims; low: claims; high: assumption; bundle: its own basis
    EXPECT_EQ(result.coverage.numbers, 5);
    EXPECT_EQ(result.coverage.claimed, 3);
    EXPECT_EQ(result.coverage.assumed, 2);
    EXPECT_EQ(result.coverage.assumed_only, 1);
    EXPECT_EQ(result.coverage.unsourced, 1);
    EXPECT_DOUBLE_EQ(result.coverage.claimed_share, 60);
    EXPECT_DOUBLE_EQ(result.coverage.unsourced_share, 20);
    EXPECT_THAT(result.unsourced, ElementsAre("/actors/port/capability"));
    EXPECT_THAT(result.single_origin, ElementsAre("/preferences/port/no_deal", "/bundles/0/points/port"))
        << "two sources of one agency are one origin";
}

TEST(Evidence, AnEmptyCaseHasNoShares) {
    const auto result = run({});
    EXPECT_EQ(result.coverage.numbers, 0);
    EXPECT_EQ(result.coverage.claimed_share, 0);
}

TEST(Evidence, IndexesBothWays) {
    const auto result = run(sample());
    EXPECT_THAT(result.claims[0].numbers,
                ElementsAre("/preferences/port/no_deal", "/preferences/port/points/rent/low"));
    EXPECT_THAT(result.claims[3].others, ElementsAre("/rules/0"));
    EXPECT_THAT(result.claims[2].others, ElementsAre("/bundles/0"));
    EXPECT_THAT(result.numbers[1].claims, ElementsAre("letter", "jobs"));
    EXPECT_THAT(result.sources[0].claims, ElementsAre("letter", "gossip"));
    EXPECT_THAT(result.sources[2].numbers,
                ElementsAre("/preferences/port/points/rent/low", "/bundles/0/points/port"));
    EXPECT_THAT(result.unused, IsEmpty());
    Case without_rule = sample();
    without_rule.rules.clear();
    EXPECT_THAT(run(without_rule).unused, ElementsAre("gossip"));
}

TEST(Evidence, SaysWhatFallsWithASource) {
    evidence::EvidenceOptions options;
    options.source = "gazette";
    const auto fall = run(sample(), options).fall;
    ASSERT_TRUE(fall);
    EXPECT_THAT(fall->claims, ElementsAre("letter", "gossip"));
    EXPECT_THAT(fall->lost, IsEmpty());
    EXPECT_THAT(fall->weakened,
                ElementsAre("/preferences/port/no_deal", "/preferences/port/points/rent/low"));
    options.source = "records";
    EXPECT_THAT(run(sample(), options).fall->lost, ElementsAre("/bundles/0/points/port"));
    EXPECT_FALSE(run(sample()).fall);
}

TEST(Evidence, FindsStaleAndContradictedClaims) {
    evidence::EvidenceOptions options;
    const auto stale = [&] {
        std::vector<std::string> claims;
        for (const auto& claim : run(sample(), options).stale)
            claims.push_back(claim.claim);
        return claims;
    };
    EXPECT_THAT(stale(), ElementsAre("gossip"));
    options.stale_after = 365;
    EXPECT_THAT(stale(), ElementsAre("jobs", "gossip"));
    // 2020 may be the last day of 2020, 2026-03 the first of March: 1886 days.
    options.stale_after = 1885;
    EXPECT_THAT(stale(), ElementsAre("jobs", "gossip"));
    options.stale_after = 1886;
    EXPECT_THAT(stale(), ElementsAre("gossip"));

    const auto contradicted = run(sample()).contradicted;
    ASSERT_EQ(contradicted.size(), 1U);
    EXPECT_EQ(contradicted[0].claim, "letter");
    EXPECT_THAT(contradicted[0].by, ElementsAre("jobs"));
    EXPECT_EQ(contradicted[0].numbers.size(), 2U);
}

TEST(Evidence, ComparesSnapshotsWithTheCase) {
    Case subject = sample();
    subject.sources[0].sha256 = sha256(kArticle);
    subject.sources[1].sha256 = sha256("another text");
    evidence::EvidenceOptions options;
    options.texts = {{"gazette", {kArticle}}, {"herald", {kArticle}}};
    auto result = run(subject, options);
    EXPECT_EQ(result.sources[0].text, evidence::TextStatus::matches);
    EXPECT_EQ(result.sources[1].text, evidence::TextStatus::differs);
    EXPECT_EQ(result.sources[2].text, evidence::TextStatus::no_text);
    options.texts = {{"records", {kArticle}}};
    EXPECT_EQ(run(subject, options).sources[2].text, evidence::TextStatus::unhashed);
}

TEST(Evidence, RefusesTextsOfSourcesItDoesNotKnow) {
    evidence::EvidenceOptions options;
    options.texts = {{"gazete", {kArticle}}};
    try {
        run(sample(), options);
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::unknown_name);
        EXPECT_EQ(error.problems()[0].nearest, "gazette");
    }
}

TEST(Evidence, ReadsPartialDates) {
    using namespace std::chrono;
    const auto october = evidence::read_date("2025-10");
    ASSERT_TRUE(october);
    EXPECT_EQ(october->first, sys_days{2025y / 10 / 1});
    EXPECT_EQ(october->last, sys_days{2025y / 10 / 31});
    EXPECT_EQ(evidence::read_date("2024-02")->last, sys_days{2024y / 2 / 29});
    EXPECT_EQ(evidence::read_date("2025")->last, sys_days{2025y / 12 / 31});
    EXPECT_EQ(evidence::read_date("2025-10-15")->first, evidence::read_date("2025-10-15")->last);
    for (const char* bad :
         {"", "25", "2025-13", "2025-02-30", "2025-1", "soon", "2025-10-1", "2025-10-15T", "2025/10"})
        EXPECT_FALSE(evidence::read_date(bad)) << bad;
}

TEST(Cite, GivesEveryPlaceReadyToPaste) {
    Case subject = sample();
    subject.claims[0].at = at(3, 80, 90, "x");
    subject.sources[0].sha256 = sha256(kArticle);
    const auto result = evidence::cite(subject, {{kArticle}, "The port promised", {}}, {});
    EXPECT_EQ(result.source, "gazette");
    EXPECT_TRUE(result.known);
    ASSERT_EQ(result.places.size(), 2U);
    EXPECT_EQ(result.places[0].paragraph, 3);
    EXPECT_EQ(result.places[0].start, 69);
    EXPECT_EQ(result.places[0].at,
              "at: {paragraph: 3, start: 69, end: 86, sha256: " + sha256("The port promised") + "}");
    EXPECT_THAT(result.places[0].claims, ElementsAre("letter"));
    EXPECT_THAT(result.places[1].claims, IsEmpty());
}

TEST(Cite, WordsThatAreNotThereHaveNoPlace) {
    const auto result = evidence::cite(sample(), {{kArticle}, "the port", {}}, {});
    EXPECT_THAT(result.places, IsEmpty());
    EXPECT_EQ(result.source, "");
    EXPECT_FALSE(result.known);
}

TEST(Cite, RefusesNothingAndNonsense) {
    EXPECT_THROW(evidence::cite(sample(), {{kArticle}, " \n", {}}, {}), Error);
    EXPECT_THROW(evidence::cite(sample(), {{kArticle}, "\xff", {}}, {}), Error);
    EXPECT_THROW(evidence::cite(sample(), {{"\xff"}, "a", {}}, {}), Error);
    EXPECT_THROW(evidence::cite(sample(), {{kArticle}, "a", "gazete"}, {}), Error);
}

// Whatever is cited verifies; moved by one character it is an orphan, unless the words are the same there.
RC_GTEST_PROP(Cite, EveryPlaceVerifiesAndNoShiftedOneDoes, ()) {
    std::string text;
    for (const std::string& piece : *rc::gen::container<std::vector<std::string>>(
             rc::gen::element<std::string>("a", "b", "é", "🤝", " ", "\n", "\n\n", "ж")))
        text += piece;
    std::string words;
    for (const std::string& piece :
         *rc::gen::resize(3, rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(
                                 rc::gen::element<std::string>("a", "b", "é", "🤝", " ", "ж")))))
        words += piece;
    RC_PRE(words.find_first_not_of(' ') != std::string::npos);
    Case subject;
    subject.sources = {source("s")};
    for (const auto& place : evidence::cite(subject, {{text}, words, "s"}, {}).places) {
        Claim claim;
        claim.id = "c" + std::to_string(subject.claims.size());
        claim.source = SourceId(std::size_t{0});
        claim.at = SourcePlace{place.paragraph, place.start, place.end, place.sha256, place.exact, {}, {}};
        subject.claims.push_back(claim);
        claim.id += "_shifted";
        ++*claim.at->start;
        ++*claim.at->end;
        subject.claims.push_back(claim);
    }
    evidence::EvidenceOptions options;
    options.texts = {{"s", {text}}};
    for (const auto& finding : run(subject, options).claims) {
        const auto start = static_cast<std::size_t>(*finding.start);
        const auto length = static_cast<std::size_t>(*finding.end - *finding.start);
        if (finding.claim.ends_with("_shifted")) {
            const bool repeats =
                code_points(text).substr(start, length) == code_points(text).substr(start - 1, length);
            RC_ASSERT((finding.status == PlaceStatus::verified) == repeats);
        } else {
            RC_ASSERT(finding.status == PlaceStatus::verified);
        }
    }
}
