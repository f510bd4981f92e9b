// SPDX-License-Identifier: Apache-2.0
// A program of somebody else's, built against an installed steelyard: a case made in code, and its points.
#include <iostream>
#include <steelyard/core/version.hpp>
#include <steelyard/model/case.hpp>
#include <steelyard/model/scores.hpp>
#include <steelyard/model/validate.hpp>

int main() {
    using namespace steelyard;
    Case sale;
    sale.id = "sale";
    sale.actors = {{.id = "buyer", .name = "Buyer"}, {.id = "seller", .name = "Seller"}};
    sale.issues = {
        {.id = "price", .name = "Price", .options = {{.id = "low"}, {.id = "high", .place = 100}}}};
    sale.preferences = {
        {.actor = ActorId(0), .form = PointSheet{{{Number(10), Number(4)}}}},
        {.actor = ActorId(1), .form = PointSheet{{{Number(3), Number(9)}}}},
    };
    for (const Problem& problem : defects(sale))
        std::cout << problem.message << '\n';

    const Scores scores(sale);
    const Deal high = {OptionId(1)};
    std::cout << "steelyard " << version() << ": buyer " << scores.of(ActorId(0), high).text() << ", seller "
              << scores.of(ActorId(1), high).text() << '\n';
}
