// SPDX-License-Identifier: Apache-2.0
#include "steelyard/store/store.hpp"

#include "inside.hpp"
#include "schema.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/core/sha256.hpp"
#include "steelyard/format/json.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>

namespace steelyard::store {

namespace {

std::unique_ptr<Store::Inside> open(const std::string& path, const StoreOptions& options) {
    const bool there = std::filesystem::exists(path);
    if (!there && !options.create) {
        Problem problem;
        problem.place.file = path;
        problem.message = "there is no store";
        throw Error(ErrorKind::input_output, std::vector{std::move(problem)});
    }
    const auto mode = options.create ? Database::Mode::create : Database::Mode::write;
    auto inside = std::make_unique<Store::Inside>(Store::Inside{Database(path, mode, options.wait_ms)});
    migrate(inside->database);
    if (const auto problems = check_chain(inside->database); !problems.empty()) {
        std::vector<Problem> found;
        for (const std::string& text : problems)
            found.push_back({Place{path, 0, 0, {}}, text, {}, {}, {}});
        throw Error(ErrorKind::input_output, std::move(found));
    }
    return inside;
}

std::uint64_t seed_of(const std::string& text) {
    std::uint64_t seed = 0;
    std::from_chars(text.data(), text.data() + text.size(), seed);
    return seed;
}

}  // namespace

Store::Store(const std::string& path, const StoreOptions& options) : inside_(open(path, options)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

void log(Database& database, const Stamp& stamp, std::string_view action, const std::string& subject) {
    Statement insert(database, "INSERT INTO audit (at, by, action, subject) VALUES (?, ?, ?, ?)");
    insert.bind(stamp.at).bind(stamp.by).bind(action).bind(subject).run();
}

void refuse(std::string message, std::string found, std::string allowed) {
    throw Error(ErrorKind::usage,
                std::vector{Problem{{}, std::move(message), std::move(found), std::move(allowed), {}}});
}

void check_name(std::string_view what, std::string_view name) {
    constexpr std::size_t longest = 200;
    const bool odd = std::ranges::any_of(name, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte <= 0x20U || byte == 0x7FU || c == ',' || c == '=';
    });
    if (name.empty() || name.size() > longest || odd)
        refuse("the name of the " + std::string(what) + " is not valid", std::string(name),
               "a word without blanks, commas and equals signs");
    check_text("name of the " + std::string(what), std::string(name));
}

void check_text(std::string_view what, const std::string& text) {
    constexpr std::size_t longest = 20000;
    if (text.size() > longest)
        refuse("the " + std::string(what) + " has " + std::to_string(text.size()) + " bytes", {},
               "at most " + std::to_string(longest));
    // Writing JSON replaces what is not UTF-8, so only UTF-8 comes back as it was.
    if (from_json(to_json(Value(text), 0)) != Value(text))
        refuse("the " + std::string(what) + " is not UTF-8");
}

std::string wording_of(const Case& subject, const Claim& claim) {
    std::string text = claim.text;
    text += '\0';
    text += claim.source ? subject[*claim.source].id : std::string();
    if (claim.at) {
        const SourcePlace& place = *claim.at;
        for (const std::string& part : {place.sha256, place.exact}) {
            text += '\0';
            text += part;
        }
        text += '\0' + std::to_string(place.paragraph.value_or(0)) + ' ' +
                std::to_string(place.start.value_or(-1)) + ' ' + std::to_string(place.end.value_or(-1));
    }
    return sha256(text);
}

void Store::keep_sources(const Case& subject, std::string_view case_hash, const Stamp& stamp) {
    Database& database = inside_->database;
    Transaction transaction(database);
    Statement known(database, "SELECT count(*) FROM sources WHERE case_id = ? AND case_hash = ?");
    known.bind(subject.id).bind(case_hash);
    if (known.step() && known.integer(0) == static_cast<std::int64_t>(subject.sources.size()))
        return;  // nothing is new
    for (const Source& source : subject.sources) {
        Statement upsert(database,
                         "INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                         "ON CONFLICT (case_id, source) DO UPDATE SET case_hash = excluded.case_hash, "
                         "title = excluded.title, publisher = excluded.publisher, author = excluded.author, "
                         "date = excluded.date, url = excluded.url, licence = excluded.licence, "
                         "reliability = excluded.reliability, origin = excluded.origin, "
                         "sha256 = excluded.sha256, at = excluded.at");
        upsert.bind(subject.id).bind(source.id).bind(case_hash).bind(source.title).bind(source.publisher);
        upsert.bind(source.author).bind(source.date).bind(source.url).bind(source.licence);
        upsert.bind(source.reliability ? std::string(1, *source.reliability) : std::string());
        upsert.bind(source.origin).bind(source.sha256).bind(stamp.at).run();
    }
    log(database, stamp, "sources", subject.id);
    transaction.commit();
}

std::vector<SourceRecord> Store::sources(std::string_view case_id) const {
    Statement query(inside_->database,
                    "SELECT case_id, source, case_hash, title, publisher, author, date, url, licence, "
                    "reliability, origin, sha256, at FROM sources WHERE case_id = ? ORDER BY source");
    query.bind(case_id);
    std::vector<SourceRecord> records;
    while (query.step()) {
        records.push_back({query.text(0), query.text(1), query.text(2), query.text(3), query.text(4),
                           query.text(5), query.text(6), query.text(7), query.text(8), query.text(9),
                           query.text(10), query.text(11), query.text(12)});
    }
    return records;
}

std::int64_t Store::keep_run(const RunRecord& run, const Stamp& stamp) {
    Database& database = inside_->database;
    Transaction transaction(database);
    Statement insert(database,
                     "INSERT INTO runs (analysis, version, case_id, case_hash, seed, overrides, options, "
                     "result, by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(run.analysis).bind(run.version).bind(run.case_id).bind(run.case_hash);
    insert.bind(std::to_string(run.seed)).bind(to_json(run.overrides, 0)).bind(to_json(run.options, 0));
    insert.bind(to_json(run.result, 0)).bind(stamp.by).bind(stamp.at).run();
    const std::int64_t id = database.last_row();
    log(database, stamp, "run", run.case_id + ' ' + run.analysis + ' ' + std::to_string(id));
    transaction.commit();
    return id;
}

std::vector<RunRecord> Store::runs(std::string_view case_id) const {
    Statement query(inside_->database,
                    "SELECT id, analysis, version, case_id, case_hash, seed, overrides, options, result, by, "
                    "at FROM runs WHERE case_id = ? ORDER BY id");
    query.bind(case_id);
    std::vector<RunRecord> records;
    while (query.step()) {
        records.push_back({query.integer(0), query.text(1), query.text(2), query.text(3), query.text(4),
                           seed_of(query.text(5)), from_json(query.text(6)), from_json(query.text(7)),
                           from_json(query.text(8)), query.text(9), query.text(10)});
    }
    return records;
}

std::vector<AuditEntry> Store::audit() const {
    Statement query(inside_->database, "SELECT seq, at, by, action, subject FROM audit ORDER BY seq");
    std::vector<AuditEntry> entries;
    while (query.step())
        entries.push_back({query.integer(0), query.text(1), query.text(2), query.text(3), query.text(4)});
    return entries;
}

}  // namespace steelyard::store
