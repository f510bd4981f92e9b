// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Who may do what: accounts with passwords, and tokens that stand for them until they expire.
///
/// Passwords are kept as argon2id hashes, tokens as SHA-256 hashes of 256 random bits; neither is ever stored,
/// logged or shown again.  Every change is in the audit log.

#include "steelyard/core/described.hpp"
#include "steelyard/store/store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace steelyard::store {

enum class Role { reader, expert, owner };

constexpr auto choices_of(Role) {
    return std::array{
        Choice<Role>{Role::reader, "reader", "votes on claims"},
        Choice<Role>{Role::expert, "expert", "also estimates and saves forecasts"},
        Choice<Role>{Role::owner, "owner", "also opens rounds, settles events, backs up and keeps accounts"},
    };
}

/// What somebody wants to do.
enum class Permission { read, vote, estimate, forecast, run_panel, settle, administer };

/// The least role that may do it; every role may do what a lesser one may.
Role least_role(Permission permission);
bool permits(Role role, Permission permission);

struct Account {
    std::string name;
    Role role = Role::reader;
    bool active = true;
    std::string at;

    static constexpr auto fields() {
        return std::tuple{
            field("name", &Account::name, "The account's name; votes and forecasts go by it."),
            field("role", &Account::role, "What it may do."),
            field("active", &Account::active, "False once it is closed."),
            field("at", &Account::at, "When it was made."),
        };
    }
};

struct Token {
    std::string id;
    std::string account;
    std::string label;
    std::string at;
    std::string expires;
    std::string revoked;

    static constexpr auto fields() {
        return std::tuple{
            field("id", &Token::id, "What it is called; not the token itself."),
            field("account", &Token::account, "Whose it is."),
            field("label", &Token::label, "What it is for."),
            field("at", &Token::at, "When it was issued."),
            field("expires", &Token::expires, "From when on it is worthless."),
            field("revoked", &Token::revoked, "When it was taken back; empty when it was not."),
        };
    }
};

/// Who a token or a password stands for.
struct Identity {
    std::string name;
    Role role = Role::reader;
};

/// What one guess of a password costs (argon2id, RFC 9106).  The default takes about a tenth of a second.
struct PasswordCost {
    std::uint64_t passes = 2;
    std::size_t bytes = std::size_t{64} * 1024 * 1024;
};

class Accounts {
public:
    static constexpr std::size_t kShortestPassword = 12;
    static constexpr std::size_t kLongestPassword = 1024;

    /// Works on the store, which must live longer.
    explicit Accounts(Store& store, const PasswordCost& cost = {});

    /// Throws `Error` (usage): a name that is taken or malformed, a password shorter than 12 or longer than
    /// 1024 bytes.
    void add(const std::string& name, Role role, std::string_view password, const Stamp& stamp);
    /// Throw `Error` (unknown_name) for a name that is not there.  A new password and a closing revoke the
    /// account's tokens.  The last active owner cannot be closed or demoted (usage).
    void set_password(const std::string& name, std::string_view password, const Stamp& stamp);
    void set_role(const std::string& name, Role role, const Stamp& stamp);
    void close(const std::string& name, const Stamp& stamp);

    /// Who this is, when name and password belong together and the account is active.  A wrong name costs as
    /// much time as a wrong password.
    [[nodiscard]] std::optional<Identity> log_in(const std::string& name, std::string_view password) const;

    /// A new token, to be shown once.  `expires` is a later time than the stamp's (usage).
    std::string issue(const std::string& name, const std::string& label, const std::string& expires,
                      const Stamp& stamp);
    /// Who the token stands for at `now`; nobody when it is unknown, expired or revoked, or its account
    /// closed.
    [[nodiscard]] std::optional<Identity> identify(std::string_view token, const std::string& now) const;
    /// Throws `Error` (unknown_name) for an id that is not there.
    void revoke(const std::string& id, const Stamp& stamp);

    [[nodiscard]] std::vector<Account> accounts() const;
    [[nodiscard]] std::vector<Token> tokens() const;

private:
    Store* store_;
    PasswordCost cost_;
};

}  // namespace steelyard::store
