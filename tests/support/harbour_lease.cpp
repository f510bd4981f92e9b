// SPDX-License-Identifier: Apache-2.0
#include "support/harbour_lease.hpp"

namespace steelyard::test {

Case harbour_lease() {
    Case subject;
    subject.id = "harbour-lease";
    subject.title = "Lease of a container terminal";
    subject.actors = {{"port", "Port authority", "", Number(60)},
                      {"carrier", "Shipping line", "", Number(80)},
                      {"union", "Dockers' union", "", Number(Distribution(Uniform{35, 50}))}};
    subject.issues = {{"rent",
                       "Yearly rent",
                       "",
                       {"economic"},
                       {{"low", "low", "", 0}, {"middle", "middle", "", 50}, {"high", "high", "", 100}},
                       false,
                       OptionId(0)},
                      {"jobs",
                       "Jobs kept",
                       "",
                       {"political"},
                       {{"none_kept", "none", "", 0}, {"some", "some", "", 50}, {"every", "all", "", 100}},
                       true,
                       std::nullopt}};
    const Number three_point(Distribution(Elicited{5, 10, 20, Rational::fraction(4, 5)}));
    subject.preferences = {{ActorId(0), Number(35), PointSheet{{{0, 20, 40}, {0, three_point, 15}}}, {}},
                           {ActorId(1),
                            Number(Distribution(Spread{30, 10})),
                            WeightedValues{{Number(60), Number(40)}, {{100, 60, 0}, {100, 70, 0}}},
                            {}},
                           {ActorId(2), Number(50), Stances{{Stance{50, 5}, Stance{100, 90}}}, {}}};
    return subject;
}

}  // namespace steelyard::test
