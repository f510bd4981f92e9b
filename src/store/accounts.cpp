// SPDX-License-Identifier: Apache-2.0
#include "steelyard/store/accounts.hpp"

#include "inside.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/core/sha256.hpp"

#include <sodium/core.h>
#include <sodium/crypto_pwhash.h>
#include <sodium/randombytes.h>
#include <sodium/utils.h>

#include <array>

namespace steelyard::store {

namespace {

constexpr std::string_view kTokenHead = "steelyard_";
constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kIdBytes = 6;

void start_sodium() {
    if (sodium_init() < 0)
        throw Error(ErrorKind::unsupported, "this machine gives no random numbers for passwords and tokens");
}

std::string hash_password(std::string_view password, const PasswordCost& cost) {
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), cost.passes, cost.bytes,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw Error(ErrorKind::limit, "not enough memory to protect a password");
    return text.data();
}

void check_password(std::string_view password) {
    // The password itself never goes into a message.
    if (password.size() < Accounts::kShortestPassword || password.size() > Accounts::kLongestPassword)
        refuse("the password has " + std::to_string(password.size()) + " bytes", {}, "12 to 1024 bytes");
}

std::string random_hex(std::size_t bytes) {
    std::string raw(bytes, '\0');
    randombytes_buf(raw.data(), raw.size());
    std::string hex(bytes * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), reinterpret_cast<const unsigned char*>(raw.data()), raw.size());
    hex.pop_back();
    return hex;
}

std::string_view role_name(Role role) {
    for (const auto& choice : choices_of(role)) {
        if (choice.value == role)
            return choice.name;
    }
    return {};
}

Role role_of(std::string_view name) {
    for (const auto& choice : choices_of(Role{})) {
        if (choice.name == name)
            return choice.value;
    }
    return Role::reader;
}

std::vector<Account> read_accounts(Database& database) {
    Statement query(database, "SELECT name, role, active, at FROM accounts ORDER BY name");
    std::vector<Account> accounts;
    while (query.step())
        accounts.push_back({query.text(0), role_of(query.text(1)), query.integer(2) != 0, query.text(3)});
    return accounts;
}

Account find(Database& database, const std::string& name) {
    std::vector<std::string> names;
    for (const Account& account : read_accounts(database)) {
        if (account.name == name)
            return account;
        names.push_back(account.name);
    }
    throw Error(ErrorKind::unknown_name,
                std::vector{Problem{
                    {}, "there is no such account", name, join_names(names), nearest_name(name, names)}});
}

/// Somebody must be left who can let others in.
void keep_an_owner(Database& database, const std::string& name) {
    bool other = false;
    bool needed = false;
    for (const Account& account : read_accounts(database)) {
        const bool owner = account.active && account.role == Role::owner;
        (account.name == name ? needed : other) |= owner;
    }
    if (needed && !other)
        refuse("'" + name + "' is the last owner; make another one first");
}

void revoke_all(Database& database, const std::string& name, const Stamp& stamp) {
    Statement update(database, "UPDATE tokens SET revoked = ? WHERE account = ? AND revoked IS NULL");
    update.bind(stamp.at).bind(name).run();
}

}  // namespace

Role least_role(Permission permission) {
    switch (permission) {
        case Permission::read:
        case Permission::vote:
            return Role::reader;
        case Permission::estimate:
        case Permission::forecast:
            return Role::expert;
        case Permission::run_panel:
        case Permission::settle:
        case Permission::administer:
            break;
    }
    return Role::owner;
}

bool permits(Role role, Permission permission) {
    return role >= least_role(permission);
}

Accounts::Accounts(Store& store, const PasswordCost& cost) : store_(&store), cost_(cost) {
    start_sodium();
}

void Accounts::add(const std::string& name, Role role, std::string_view password, const Stamp& stamp) {
    check_name("account", name);
    check_password(password);
    const std::string hash = hash_password(password, cost_);
    Database& database = store_->inside().database;
    Transaction transaction(database);
    Statement insert(database,
                     "INSERT INTO accounts (name, role, password, active, at) VALUES (?, ?, ?, 1, ?) ON "
                     "CONFLICT DO NOTHING");
    insert.bind(name).bind(role_name(role)).bind(hash).bind(stamp.at).run();
    if (database.changes() == 0)
        refuse("there is already an account of this name", name);
    log(database, stamp, "account add", name + ' ' + std::string(role_name(role)));
    transaction.commit();
}

void Accounts::set_password(const std::string& name, std::string_view password, const Stamp& stamp) {
    check_password(password);
    const std::string hash = hash_password(password, cost_);
    Database& database = store_->inside().database;
    Transaction transaction(database);
    find(database, name);
    Statement update(database, "UPDATE accounts SET password = ? WHERE name = ?");
    update.bind(hash).bind(name).run();
    revoke_all(database, name, stamp);
    log(database, stamp, "account password", name);
    transaction.commit();
}

void Accounts::set_role(const std::string& name, Role role, const Stamp& stamp) {
    Database& database = store_->inside().database;
    Transaction transaction(database);
    find(database, name);
    if (role != Role::owner)
        keep_an_owner(database, name);
    Statement update(database, "UPDATE accounts SET role = ? WHERE name = ?");
    update.bind(role_name(role)).bind(name).run();
    log(database, stamp, "account role", name + ' ' + std::string(role_name(role)));
    transaction.commit();
}

void Accounts::close(const std::string& name, const Stamp& stamp) {
    Database& database = store_->inside().database;
    Transaction transaction(database);
    find(database, name);
    keep_an_owner(database, name);
    Statement update(database, "UPDATE accounts SET active = 0 WHERE name = ?");
    update.bind(name).run();
    revoke_all(database, name, stamp);
    log(database, stamp, "account close", name);
    transaction.commit();
}

std::optional<Identity> Accounts::log_in(const std::string& name, std::string_view password) const {
    if (password.size() > kLongestPassword)
        return std::nullopt;
    Statement query(store_->inside().database, "SELECT password, role, active FROM accounts WHERE name = ?");
    query.bind(name);
    if (!query.step()) {
        // One hash, as for a name that is known, so that time does not tell the two apart.
        hash_password(password, cost_);
        return std::nullopt;
    }
    const std::string hash = query.text(0);
    const bool right = crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
    if (!right || query.integer(2) == 0)
        return std::nullopt;
    return Identity{name, role_of(query.text(1))};
}

std::string Accounts::issue(const std::string& name, const std::string& label, const std::string& expires,
                            const Stamp& stamp) {
    if (expires <= stamp.at)
        refuse("the token would have expired already", expires, "a time after " + stamp.at);
    check_text("label", label);
    const std::string id = random_hex(kIdBytes);
    std::string token = std::string(kTokenHead) + id + '_' + random_hex(kTokenBytes);
    Database& database = store_->inside().database;
    Transaction transaction(database);
    if (!find(database, name).active)
        refuse("the account is closed", name);
    Statement insert(database,
                     "INSERT INTO tokens (id, account, label, hash, at, expires) VALUES (?, ?, ?, ?, ?, ?)");
    insert.bind(id).bind(name).bind(label).bind(sha256(token)).bind(stamp.at).bind(expires).run();
    log(database, stamp, "token issue", id + ' ' + name);
    transaction.commit();
    return token;
}

std::optional<Identity> Accounts::identify(std::string_view token, const std::string& now) const {
    if (!token.starts_with(kTokenHead))
        return std::nullopt;
    const std::string_view rest = token.substr(kTokenHead.size());
    Statement query(store_->inside().database,
                    "SELECT t.hash, t.expires, t.revoked IS NOT NULL, a.active, a.name, a.role FROM tokens t "
                    "JOIN accounts a ON a.name = t.account WHERE t.id = ?");
    query.bind(rest.substr(0, rest.find('_')));
    if (!query.step())
        return std::nullopt;
    const std::string kept = query.text(0);
    const std::string given = sha256(token);
    const bool same =
        kept.size() == given.size() && sodium_memcmp(kept.data(), given.data(), kept.size()) == 0;
    if (!same || now >= query.text(1) || query.integer(2) != 0 || query.integer(3) == 0)
        return std::nullopt;
    return Identity{query.text(4), role_of(query.text(5))};
}

void Accounts::revoke(const std::string& id, const Stamp& stamp) {
    Database& database = store_->inside().database;
    Transaction transaction(database);
    Statement update(database, "UPDATE tokens SET revoked = coalesce(revoked, ?) WHERE id = ?");
    update.bind(stamp.at).bind(id).run();
    if (database.changes() == 0)
        throw Error(ErrorKind::unknown_name, std::vector{Problem{{}, "there is no such token", id, {}, {}}});
    log(database, stamp, "token revoke", id);
    transaction.commit();
}

std::vector<Account> Accounts::accounts() const {
    return read_accounts(store_->inside().database);
}

std::vector<Token> Accounts::tokens() const {
    Statement query(
        store_->inside().database,
        "SELECT id, account, label, at, expires, coalesce(revoked, '') FROM tokens ORDER BY at, id");
    std::vector<Token> tokens;
    while (query.step())
        tokens.push_back(
            {query.text(0), query.text(1), query.text(2), query.text(3), query.text(4), query.text(5)});
    return tokens;
}

}  // namespace steelyard::store
