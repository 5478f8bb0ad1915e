#include <candour/answer/private_files.hpp>

#include <candour/answer/noise_of_draft.hpp>
#include <candour/answer/plan_words.hpp>
#include <candour/certify/true_cells.hpp>
#include <candour/notice/account.hpp>
#include <candour/table/noise_spent.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>

namespace candour::answer {
namespace {

using nlohmann::ordered_json;

ordered_json json_of(const std::vector<StepNotTaken>& steps) {
  ordered_json list = ordered_json::array();
  for (const StepNotTaken& step : steps)
    list.push_back({{"question", step.question},
                    {"step", step.step},
                    {"intruder", step.intruder},
                    {"derivation", step.derivation},
                    {"counts", step.counts},
                    {"people", step.people}});
  return list;
}

ordered_json json_of(const std::vector<QuestionReport>& questions) {
  ordered_json list = ordered_json::array();
  for (const QuestionReport& report : questions) {
    ordered_json one{{"question", report.question}, {"given", report.given}, {"kept", report.kept}};
    if (!report.reasons.empty()) one["not_taken"] = report.reasons;
    list.push_back(std::move(one));
  }
  return list;
}

using WhyNotMore = std::vector<std::vector<StepNotTaken>>;  // by population

ordered_json json_of(const NoiseOfDraft& noise) {
  return {{"tables", noise.tables},
          {"rho", table::rho_in_words(noise.rho_millionths)},
          {"rho_with_earlier", table::rho_in_words(noise.rho_with_earlier_millionths)},
          {"budget", noise.budget_millionths ? ordered_json(table::rho_in_words(*noise.budget_millionths)) : ordered_json(nullptr)},
          {"most_telling", noise.most_telling}};
}

std::string plans_json(const PrivateRecord& record, const WhyNotMore& why_not_more) {
  ordered_json populations = ordered_json::array();
  for (std::size_t p = 0; p < record.outcomes->size(); ++p) {
    const PlanOutcome& outcome = (*record.outcomes)[p];
    const GatheredPopulation& population = record.prepared->gathered.populations[p];
    const protect::Detail& detail = outcome.best->detail;
    ordered_json front = ordered_json::array();
    for (const FrontPlan& plan : outcome.front)
      front.push_back({{"share_per_billion", plan.detail.share()}, {"questions", json_of(reports_of(population, plan.plan))}});
    populations.push_back({{"population", population.id},
                           {"taken", json_of(reports_of(population, *outcome.best))},
                           {"detail",
                            {{"share_per_billion", detail.share()},
                             {"divergence_share_per_billion", detail.divergence_share},
                             {"independent_figures", detail.rank},
                             {"independent_figures_asked", detail.rank_asked},
                             {"figures", detail.figures}}},
                           {"front", std::move(front)},
                           {"why_not_more", json_of(why_not_more[p])},
                           {"plans_tried", outcome.plans_tried},
                           {"plans_met", outcome.plans_met},
                           {"plans_in_all", outcome.plans_in_all},
                           {"bound_per_billion", outcome.bound},
                           {"stopped", outcome.stopped},
                           {"limit_reached", outcome.limit_reached}});
    if (const auto noise = noise_of_draft(*record.prepared, p, outcome.best->published)) populations.back()["noise"] = json_of(*noise);
  }
  ordered_json document;
  if (record.picked != nullptr && *record.picked) {
    const Picked& picked = **record.picked;
    document["picked"] = {{"population", picked.population}, {"number", picked.number}, {"by", picked.by}, {"because", picked.because}};
  }
  document["populations"] = std::move(populations);
  return document.dump(2) + "\n";
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else out += c;
  }
  return out;
}

// Each step not taken with the leak that it would make.
std::string rows_of(const std::vector<StepNotTaken>& steps) {
  if (steps.empty()) return {};
  std::string html =
      "<h3>Why not more</h3>\n<table>\n<tr><th>Question</th><th>Step not taken</th><th>Who could tell</th><th>From what</th>"
      "<th>Counts or groups given away</th><th>People in them</th></tr>\n";
  for (const StepNotTaken& step : steps)
    html += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", escaped(step.question), escaped(step.step),
                        escaped(step.intruder), escaped(step.counts == 0 ? "nothing was found; no proof of safety was found either" : step.derivation),
                        step.counts, step.people);
  return html + "</table>\n";
}

// What an auditor asks first: who was reckoned with, what was claimed, how much evidence there is, what was tried.
std::string audit_html(const PrivateRecord& record, const WhyNotMore& why_not_more) {
  const table::Seal& seal = record.sealed->seal;
  std::string html =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Audit</title></head>\n<body>\n<h1>Audit</h1>\n<p>Private: not for "
      "release.</p>\n";
  html += fmt::format(
      "<dl>\n<dt>Case</dt><dd>{}</dd>\n<dt>Policy</dt><dd>{} {}, digest {}</dd>\n<dt>Draft</dt><dd>digest "
      "{}</dd>\n<dt>Date</dt><dd>{}</dd>\n<dt>Vetting</dt><dd>{}</dd>\n</dl>\n",
      escaped(record.prepared->the_case.reference), escaped(record.prepared->policy.name), escaped(record.prepared->policy.version),
      seal.policy_digest().to_hex(), seal.draft_digest().to_hex(), base::to_iso(seal.date()),
      seal.vetting() == table::VettingState::vetted ? "vetted" : "unvetted");
  html += "<h2>Intruders</h2>\n<ul>\n";
  for (const table::IntruderClaim& claim : seal.claims())
    html += fmt::format("<li>{}: {}. The attack on the draft found nothing.</li>\n", escaped(claim.intruder), escaped(claim.claim));
  html += "</ul>\n";
  for (std::size_t p = 0; p < record.outcomes->size(); ++p) {
    const GatheredPopulation& population = record.prepared->gathered.populations[p];
    const PlanOutcome& outcome = (*record.outcomes)[p];
    html += fmt::format("<h2>Population {}</h2>\n<p>{} secrets, {} witness tables, {} plans tried{}.</p>\n<ul>\n", escaped(population.id),
                        record.prepared->secrets[p].size(), record.draft->evidence[p].moves.size(), outcome.plans_tried,
                        outcome.limit_reached ? "; the limit of the policy was reached" : "");
    for (const QuestionReport& report : reports_of(population, *outcome.best)) {
      html += fmt::format("<li>Question {}: {}.<ul>\n", escaped(report.question), escaped(report.given));
      for (const std::string& reason : report.reasons) html += fmt::format("<li>{}</li>\n", escaped(reason));
      html += "</ul></li>\n";
    }
    html += "</ul>\n";
    if (const auto noise = noise_of_draft(*record.prepared, p, outcome.best->published)) html += fmt::format("<p>{}</p>\n", escaped(words_of(*noise)));
    html += rows_of(why_not_more[p]);
  }
  return html + "</body>\n</html>\n";
}

}  // namespace

std::vector<QuestionReport> reports_of(const GatheredPopulation& population, const protect::Plan& plan) {
  std::vector<QuestionReport> reports;
  const table::AtomSpace& space = *population.truth.space;
  for (const table::TableDesign& asked : population.asked)
    reports.push_back(
        {space.questions[asked.question].id, protect::words_of(space, asked, plan[asked.question]), {}, kept_of_variables(space, asked, plan[asked.question])});
  return reports;
}

std::vector<QuestionReport> reports_of(const GatheredPopulation& population, const PlannedDraft& draft) {
  std::vector<QuestionReport> reports = reports_of(population, draft.plan);
  for (const table::PublishedStatement& statement : draft.published.statements)
    for (QuestionReport& report : reports)
      if (report.question == statement.question && statement.place == table::StatementPlace::reason) report.reasons.push_back(statement.text);
  return reports;
}

namespace {

// What became of everything asked for. The answer was released, so there is an account.
std::string account_of(const PrivateRecord& record) {
  const auto facts = notice::facts_of(record.prepared->the_case, record.draft->published,
                                      record.records != nullptr ? *record.records : std::vector<table::PublishedRecords>{});
  return notice::account_html(record.prepared->the_case, facts ? *facts : std::vector<notice::QuestionFacts>{});
}

}  // namespace

std::vector<base::FileToWrite> private_files(const PrivateRecord& record) {
  WhyNotMore why_not_more;
  for (std::size_t p = 0; p < record.outcomes->size(); ++p) why_not_more.push_back(steps_not_taken(*record.prepared, p, *(*record.outcomes)[p].best));
  std::vector<truth::Population> truth;
  for (const GatheredPopulation& population : record.prepared->gathered.populations) truth.push_back(population.truth);
  std::string quality;
  for (const std::string& line : record.prepared->gathered.quality) quality += line + "\n";
  return {{"certificate.json", record.sealed->certificate.json}, {"true-cells.json", certify::to_text(truth)}, {"plans.json", plans_json(record, why_not_more)},
          {"audit.html", audit_html(record, why_not_more)},      {"data-quality.txt", std::move(quality)},     {"account.html", account_of(record)}};
}

}  // namespace candour::answer
