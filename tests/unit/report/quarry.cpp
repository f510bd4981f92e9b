// SPDX-License-Identifier: Apache-2.0
#include "unit/report/quarry.hpp"

#include "steelyard/format/case_file.hpp"

namespace steelyard::test {

std::string quarry_text() {
    return R"yaml(
steelyard: 1
case: quarry
title: The road to the quarry
as_of: 2024-05
about: A stone company wants to reopen a quarry; its lorries would pass through a village.
citation: Invented for the tests.
actors:
  company: {name: Stone company, about: Wants to dig., capability: 60}
  village: {name: Village council, about: Wants quiet and work., capability: 45}
  railway: {name: The railway, about: Owns the old siding.}
  herons: {name: Heron trust, about: Has no seat anywhere.}
  league: {name: Anglers' league}
issues:
  hours:
    {name: Lorry hours, level: political, status_quo: none_run, options: {none_run: {place: 0, name: no lorries}, day: {place: 60, name: by day}, night_too: {place: 100, name: day and night}}}
  bypass:
    {name: Bypass, level: economic, status_quo: unbuilt, options: {unbuilt: {place: 0, name: not built}, built: {place: 100, name: built by the company}}}
  jobs:
    {name: Jobs for the village, level: economic, status_quo: unpromised, options: {unpromised: {place: 0, name: none promised}, ten: {place: 50, name: ten}, thirty: {place: 100, name: thirty}}}
  survey:
    {name: Survey of the site, level: political, status_quo: made, options: {unmade: {place: 0, name: not made}, made: {place: 100, name: made}}}
  siding:
    {name: Railway siding, level: [economic, political], status_quo: closed, options: {closed: {place: 0, name: closed}, reopened: {place: 100, name: reopened}}}
preferences:
  company:
    no_deal: {low: 10, best: 20, high: 30, assumption: true, because: [c_other_site]}
    points:
      hours: {none_run: 0, day: 30, night_too: {value: 45, spread: 5, because: [c_lorries]}}
      bypass: {unbuilt: 20, built: 0}
      jobs: {unpromised: 15, ten: 10, thirty: 0}
      siding: {closed: 0, reopened: 12}
    basis:
      all: {spread: 4, assumption: true, because: [c_company_said]}
  village:
    no_deal: 40
    points:
      hours: {none_run: 40, day: 25, night_too: 0}
      bypass: {unbuilt: 0, built: 30}
      jobs: {unpromised: 0, ten: 15, thirty: 25}
    basis:
      hours: {spread: 6, because: [c_meeting, c_survey]}
  railway:
    no_deal: 3
    points:
      siding: {closed: 2, reopened: 6}
      hours: {none_run: 0, day: 1, night_too: 0}
  herons:
    no_deal: 50
    points:
      hours: {none_run: 30, day: 20, night_too: 0}
      bypass: {unbuilt: 20, built: 0}
bundles:
  - {when: {siding: reopened, hours: [day, night_too]}, points: {company: {value: -3, spread: 1}}, why: Two ways out are one too many, assumption: true}
rules:
  - {if: {hours: night_too}, then: {bypass: built}, why: Night traffic needs the bypass, because: [c_meeting]}
obligations:
  - {id: quiet_sundays, by: company, to: village, text: No lorries at night on Sundays, broken_when: {hours: night_too}, cost: {company: 2}, because: [c_meeting]}
  - {id: heron_pledge, by: village, to: herons, text: The wet meadow stays as it is, broken_when: {bypass: built}, cost: {herons: 5}}
tables:
  road: {name: The road, actors: [company, village], issues: [hours, bypass, jobs, survey]}
  rail: {name: The siding, actors: [company, railway], issues: [siding]}
conflict:
  options:
    sue: {by: herons, name: The heron trust goes to court}
    close_road: {by: village, direction: both, name: The village closes the road at night}
  deal:
    - {when: sue, then: {bypass: unbuilt}}
    - {when: close_road, then: {hours: day}}
  preferences:
    herons: [sue]
    village: [not close_road]
events:
  - {date: 2024-03, text: The survey was made, settles: {survey: made}, because: [c_survey]}
sources:
  gazette: {title: Village gazette, publisher: The village, date: 2024-04, url: "https://gazette.example/4", reliability: B, origin: gazette}
  letter: {title: Letter of the company, author: A. Stone, reliability: D, origin: company, note: Sent to every household.}
claims:
  c_lorries: {text: Night runs double the output, kind: estimate, by: the company, source: letter, at: {paragraph: 2}, credibility: 4}
  c_company_said: {text: The company wants to reopen this year, kind: fact, by: the company, source: letter, at: {paragraph: 1}, credibility: 2}
  c_other_site: {text: Another site would do, kind: judgement, by: a councillor, source: gazette, at: {paragraph: 3}, credibility: 3, contradicts: [c_company_said]}
  c_meeting: {text: Most speakers minded the noise, kind: fact, by: the gazette, source: gazette, at: {paragraph: 5}, credibility: 1}
  c_survey: {text: The survey found no risk to wells, kind: fact, by: the gazette, source: gazette, at: {paragraph: 7}, credibility: 2}
questions:
  - {id: q_exists, ask: Can they agree at all?, kind: deal_exists}
  - {id: q_likely, ask: On what?, kind: deal_likely}
  - {id: q_holds, ask: Would it hold?, kind: deal_holds}
  - id: q_gains
    ask: What is in it for the company and for the herons?
    parts: [{kind: gains_and_risks, actor: company}, {kind: gains_and_risks, actor: herons}]
  - {id: q_purpose, ask: What does the village want?, kind: purpose, actor: village}
  - {id: q_offer, ask: What can the company offer?, kind: can_offer, actor: company, to: village}
  - {id: q_reaction, ask: What would the heron trust do?, kind: reaction, actor: herons}
  - {id: q_order, ask: Road or rail first?, kind: order, tables: [road, rail]}
  - {id: q_partners, ask: Village or railway?, kind: partners, actor: company}
  - {id: q_levels, ask: Would money alone do?, kind: levels}
  - id: q_changes
    ask: What would change all this?
    parts: [{kind: what_changes, conclusion: q_exists}, {kind: what_changes, conclusion: deal_holds}, {kind: deal_exists}]
)yaml";
}

Case quarry() {
    return read_case(quarry_text(), "quarry.yaml").value;
}

Case quarry_full_of(const std::string& text) {
    Case subject = quarry();
    subject.title = subject.as_of = subject.about = subject.citation = text;
    for (Actor& actor : subject.actors) {
        actor.name = actor.about = text;
    }
    for (Issue& issue : subject.issues) {
        issue.name = issue.about = text;
        issue.levels.assign(1, text);
        for (Option& option : issue.options) {
            option.name = option.about = text;
        }
    }
    for (Bundle& bundle : subject.bundles) {
        bundle.basis.why = text;
    }
    for (Rule& rule : subject.rules) {
        rule.why = text;
    }
    for (Obligation& obligation : subject.obligations) {
        obligation.text = text;
    }
    for (Table& table : subject.tables) {
        table.name = text;
    }
    for (Move& move : subject.conflict->moves) {
        move.name = text;
    }
    for (Event& event : subject.events) {
        event.text = text;
    }
    for (Source& source : subject.sources) {
        source.title = source.publisher = source.author = source.date = source.url = source.note = text;
    }
    for (Claim& claim : subject.claims) {
        claim.text = claim.by = text;
    }
    for (Question& question : subject.questions) {
        question.ask = text;
    }
    return subject;
}

}  // namespace steelyard::test
