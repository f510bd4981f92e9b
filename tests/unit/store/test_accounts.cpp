// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/error.hpp"
#include "steelyard/store/accounts.hpp"
#include "store/database.hpp"
#include "unit/store/scratch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <iterator>

using namespace steelyard;
using store::Accounts;
using store::Permission;
using store::Role;
using store::Store;
using test::error_of;
using test::kStamp;
using test::StoreFolder;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

namespace {

/// Quick to guess, so only for tests.
constexpr store::PasswordCost kCheap{1, 8192};
const std::string kPassword = "correct horse battery";
const std::string kLater = "2026-04-01T00:00:00Z";
const std::string kNow = "2026-03-02T00:00:00Z";

class AccountsTest : public testing::Test {
protected:
    StoreFolder folder;
    Store subject{folder.path()};
    Accounts accounts{subject, kCheap};
};

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_F(AccountsTest, LetInWithTheRightPasswordOnly) {
    accounts.add("olga", Role::owner, kPassword, kStamp);
    const auto identity = accounts.log_in("olga", kPassword);
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->role, Role::owner);
    EXPECT_FALSE(accounts.log_in("olga", "correct horse batterx"));
    EXPECT_FALSE(accounts.log_in("olga", ""));
    EXPECT_FALSE(accounts.log_in("olga", std::string(5000, 'x')));
    EXPECT_FALSE(accounts.log_in("nobody", kPassword));
    EXPECT_THAT(error_of(ErrorKind::usage, [&] { accounts.add("olga", Role::reader, kPassword, kStamp); }),
                HasSubstr("already an account"));
    EXPECT_THAT(error_of(ErrorKind::usage, [&] { accounts.add("ann", Role::reader, "short", kStamp); }),
                testing::AllOf(HasSubstr("5 bytes"), Not(HasSubstr("short"))));
    EXPECT_THAT(error_of(ErrorKind::usage, [&] { accounts.add("a b", Role::reader, kPassword, kStamp); }),
                HasSubstr("not valid"));
}

TEST_F(AccountsTest, TheDefaultCostIsArgon2idWith64MiB) {
    Accounts real(subject);
    real.add("olga", Role::owner, kPassword, kStamp);
    EXPECT_TRUE(accounts.log_in("olga", kPassword)) << "the cost is kept with the hash";
    const auto seconds = [&](const std::string& name) {
        const auto start = std::chrono::steady_clock::now();
        EXPECT_FALSE(real.log_in(name, "a wrong password"));
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    const double known = seconds("olga");
    const double unknown = seconds("nobody");
    EXPECT_LT(unknown, 4 * known + 0.05);
    EXPECT_LT(known, 4 * unknown + 0.05) << "an unknown name costs a hash, too";
    store::Database raw(folder.path(), store::Database::Mode::write, 1000);
    store::Statement query(raw, "SELECT password FROM accounts");
    ASSERT_TRUE(query.step());
    EXPECT_THAT(query.text(0), testing::StartsWith("$argon2id$v=19$m=65536,t=2,p=1$"));
}

TEST_F(AccountsTest, TokensExpireAndAreTakenBack) {
    accounts.add("olga", Role::owner, kPassword, kStamp);
    accounts.add("ann", Role::expert, kPassword, kStamp);
    const std::string token = accounts.issue("ann", "laptop", kLater, kStamp);
    ASSERT_TRUE(accounts.identify(token, kNow));
    EXPECT_EQ(accounts.identify(token, kNow)->name, "ann");
    EXPECT_EQ(accounts.identify(token, kNow)->role, Role::expert);
    EXPECT_FALSE(accounts.identify(token, kLater)) << "it expires at that moment";
    std::string wrong = token;
    wrong.back() = wrong.back() == '0' ? '1' : '0';
    EXPECT_FALSE(accounts.identify(wrong, kNow));
    EXPECT_FALSE(accounts.identify("", kNow));
    EXPECT_FALSE(accounts.identify("steelyard_", kNow));
    EXPECT_FALSE(accounts.identify(token.substr(0, 22), kNow));
    EXPECT_EQ(error_of(ErrorKind::usage, [&] { accounts.issue("ann", "", kStamp.at, kStamp); }).empty(),
              false);

    const std::string second = accounts.issue("ann", "phone", kLater, kStamp);
    EXPECT_NE(second, token);
    ASSERT_THAT(accounts.tokens(), SizeIs(2));
    accounts.revoke(token.substr(10, 12), {kNow, "olga"});
    EXPECT_FALSE(accounts.identify(token, kNow));
    EXPECT_TRUE(accounts.identify(second, kNow));
    error_of(ErrorKind::unknown_name, [&] { accounts.revoke("nothing", kStamp); });
    accounts.set_password("ann", "another good password", kStamp);
    EXPECT_FALSE(accounts.identify(second, kNow)) << "a new password ends what the old one began";
    EXPECT_FALSE(accounts.log_in("ann", kPassword));
    const std::string third = accounts.issue("ann", "", kLater, kStamp);
    accounts.close("ann", kStamp);
    EXPECT_FALSE(accounts.identify(third, kNow));
    EXPECT_FALSE(accounts.log_in("ann", "another good password"));
    error_of(ErrorKind::usage, [&] { accounts.issue("ann", "", kLater, kStamp); });
}

TEST_F(AccountsTest, SomebodyCanAlwaysLetOthersIn) {
    accounts.add("olga", Role::owner, kPassword, kStamp);
    EXPECT_THAT(error_of(ErrorKind::usage, [&] { accounts.close("olga", kStamp); }), HasSubstr("last owner"));
    EXPECT_THAT(error_of(ErrorKind::usage, [&] { accounts.set_role("olga", Role::reader, kStamp); }),
                HasSubstr("last owner"));
    accounts.add("ann", Role::owner, kPassword, kStamp);
    accounts.set_role("olga", Role::reader, kStamp);
    EXPECT_EQ(accounts.log_in("olga", kPassword)->role, Role::reader);
    EXPECT_THAT(error_of(ErrorKind::unknown_name, [&] { accounts.set_role("anne", Role::owner, kStamp); }),
                HasSubstr("did you mean 'ann'"));
}

TEST_F(AccountsTest, ASecretIsNowhereToBeRead) {
    accounts.add("olga", Role::owner, kPassword, kStamp);
    const std::string token = accounts.issue("olga", "laptop", kLater, kStamp);
    accounts.set_password("olga", "another good password", kStamp);
    subject.backup(folder.path("kept"));
    const std::string secret = token.substr(token.rfind('_') + 1);
    for (const std::string file : {"store.sqlite", "store.sqlite-wal", "kept"}) {
        const std::string bytes = bytes_of(folder.path(file));
        for (const std::string& text : {kPassword, std::string("another good password"), secret})
            EXPECT_EQ(bytes.find(text), std::string::npos) << file;
    }
    EXPECT_THAT(subject.to_lines(), Not(HasSubstr("argon2id"))) << "not even hashes, unless asked for";
    EXPECT_THAT(subject.to_lines(true), HasSubstr("argon2id"));
    std::string log;
    for (const auto& entry : subject.audit())
        log += entry.action + ' ' + entry.subject + '\n';
    EXPECT_THAT(log, HasSubstr("account add olga owner\ntoken issue"));
    for (const std::string& text : {kPassword, secret, std::string("argon2id")})
        EXPECT_THAT(log, Not(HasSubstr(text)));
}

TEST(Roles, ALesserRoleMayNeverDoMore) {
    for (const Permission permission :
         {Permission::read, Permission::vote, Permission::estimate, Permission::forecast,
          Permission::run_panel, Permission::settle, Permission::administer}) {
        EXPECT_TRUE(store::permits(Role::owner, permission));
        EXPECT_TRUE(!store::permits(Role::reader, permission) || store::permits(Role::expert, permission));
    }
    EXPECT_TRUE(store::permits(Role::reader, Permission::vote));
    EXPECT_FALSE(store::permits(Role::reader, Permission::estimate));
    EXPECT_TRUE(store::permits(Role::expert, Permission::forecast));
    EXPECT_FALSE(store::permits(Role::expert, Permission::settle));
}
