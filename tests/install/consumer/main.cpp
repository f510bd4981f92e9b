// SPDX-License-Identifier: Apache-2.0
// A program of somebody else's, built against an installed steelyard: a case from text, an analysis by name, another by type.
#include <steelyard/space/score.hpp>
#include <steelyard/steelyard.hpp>

#include <iostream>

int main() {
    using namespace steelyard;
    const Case sale = read_case(R"(
steelyard: 1
case: sale
actors: {buyer: {name: Buyer}, seller: {name: Seller}}
issues: {price: {options: [low, high]}}
preferences:
  buyer: {no_deal: 0, points: {price: {low: 10, high: 4}}}
  seller: {no_deal: 5, points: {price: {low: 3, high: 9}}}
)",
                                "sale.yaml")
                          .value;

    const Run run = steelyard::run("frontier", sale, {});
    const space::ScoreResult low = space::score(sale, {.deal = {{"price", "low"}}}, {});
    std::cout << "steelyard " << version() << ": " << to_json(select(run.result, "points.#"), 0)
              << " frontier points; at the low price " << low.blockers.front().actor << " falls short by "
              << low.blockers.front().shortfall.text() << '\n';
}
