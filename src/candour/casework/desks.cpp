#include <candour/casework/desks.hpp>

#include <candour/base/settings.hpp>
#include <candour/base/settings_text.hpp>
#include <candour/casework/journal.hpp>
#include <candour/casework/register/release_text.hpp>
#include <candour/casework/store/chain.hpp>
#include <candour/release/requester_guard.hpp>
#include <candour/request/order.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <system_error>
#include <utility>

namespace candour::casework {
namespace {

namespace fs = std::filesystem;
using base::Setting;
using Json = nlohmann::ordered_json;

constexpr std::string_view order_event = "commission";
constexpr std::string_view handover_event = "handover";
constexpr std::string_view hours_name = "hours.toml";
constexpr std::string_view handed_over_name = "handed-over.json";

const std::vector<base::KeyTable>& hours_keys() {
  using enum base::KeyForm;
  using enum base::Presence;
  static const std::vector<base::KeyTable> keys{{"", "Hours of the data unit.", {{"cost", list_of_tables, optional, "One part for each line."}}},
                                                {"cost",
                                                 "One line of the cost ledger.",
                                                 {{"question", text, required, "The number of the question."},
                                                  {"activity", text, required, "What was done, in the words of the ledger."},
                                                  {"hours", number, required, "Hours."},
                                                  {"method", text, required, "How."},
                                                  {"measured_by", text, optional, "Who measured."},
                                                  {"units", whole_number, optional, "How many things."},
                                                  {"unit", text, optional, "What they are."},
                                                  {"minutes", number, optional, "Minutes for each."},
                                                  {"people", whole_number, optional, "How many people together."},
                                                  {"sample", whole_number, optional, "How many were timed."},
                                                  {"measured_on", date, optional, "When."},
                                                  {"pounds_an_hour", number, optional, "What an hour costs."},
                                                  {"period", text, optional, "What could be left out."},
                                                  {"system", text, optional, "What could be left out."},
                                                  {"breakdown", text, optional, "What could be left out."}}}};
  return keys;
}

// Every text of the order, so that a mistake can be named by its place.
void texts_in(const Setting& setting, const std::string& place, std::vector<std::pair<std::string, std::string>>& texts) {
  if (setting.kind == base::SettingKind::text) texts.emplace_back(place, setting.text);
  for (const auto& [key, value] : setting.entries) texts_in(value, place.empty() ? key : place + "." + key, texts);
  for (std::size_t i = 0; i < setting.items.size(); ++i) texts_in(setting.items[i], fmt::format("{} {}", place, i + 1), texts);
}

base::ResultOrErrors<base::Done> check_requester(const fs::path& case_folder, const OrderContent& content) {
  const fs::path file = case_folder / "requester.toml";
  std::error_code status;
  if (!fs::exists(file, status)) return base::Done{};
  CANDOUR_TRY(requester, request::load_requester(file));
  std::vector<std::pair<std::string, std::string>> texts{{"the policy", content.policy}};
  const auto order = base::parse_settings(content.order, "order.toml");
  if (order) texts_in(*order, "", texts);
  texts.emplace_back("the order", content.order);
  base::Errors errors = release::find_requester(requester, texts);
  if (errors.size() > 1) errors.pop_back();  // the whole says again what its parts said
  for (base::Error& error : errors) {
    error.cause = base::Cause::refused;
    error.code = "commission.names_requester";
    error.hint = "take it out of the case file: the data unit is not told who asked";
  }
  if (!errors.empty()) return tl::make_unexpected(std::move(errors));
  return base::Done{};
}

Json json_of(const request::CostItem& item) {
  Json json{
      {"question", item.question}, {"activity", item.activity}, {"hours", item.hours.to_text()}, {"method", item.method}, {"measured_by", item.measured_by},
      {"people", item.people},     {"unit", item.unit},         {"period", item.period},         {"system", item.system}, {"breakdown", item.breakdown}};
  if (item.units) json["units"] = *item.units;
  if (item.minutes) json["minutes"] = item.minutes->to_text();
  if (item.sample) json["sample"] = *item.sample;
  if (item.pounds_an_hour) json["pounds_an_hour"] = item.pounds_an_hour->to_text();
  if (item.measured_on) json["measured_on"] = base::to_iso(*item.measured_on);
  return json;
}

Json json_of(const HandoverContent& content) {
  Json questions = Json::array(), coverage = Json::array(), hours = Json::array(), beside = Json::array(), extracts = Json::array();
  for (const HandoverQuestion& q : content.questions) questions.push_back({{"question", q.question}, {"given", q.given}, {"not_taken", q.reasons}});
  for (const auto& [question, stretches] : content.coverage)
    for (const table::CoverageStretch& s : stretches)
      coverage.push_back({{"question", question}, {"status", table::word_of(s.status)}, {"first", s.first_period}, {"last", s.last_period}});
  for (const request::CostItem& item : content.hours) hours.push_back(json_of(item));
  for (const StoodBeside& earlier : content.beside) beside.push_back({{"release", earlier.id}, {"figures", earlier.figures.to_hex()}});
  for (const auto& [population, day] : content.extracted_on) extracts.push_back({{"population", population}, {"extracted_on", base::to_iso(day)}});
  return {{"order", content.order.to_hex()},
          {"reference", content.reference},
          {"analyst", content.analyst},
          {"withholds_all", content.withholds_all},
          {"findings", content.lines},
          {"questions", questions},
          {"people_unknown", content.people_unknown},
          {"coverage", coverage},
          {"hours", hours},
          {"stands_beside", beside},
          {"extracts", extracts}};
}

base::Error unreadable() {
  return {base::Cause::refused, "handover.unreadable", {}, "the handover holds something that no handover holds", "have the order protected again"};
}

base::Result<request::CostItem> cost_item_from(const Json& json) {
  request::CostItem item;
  item.question = json.at("question");
  item.activity = json.at("activity");
  CANDOUR_TRY(hours, base::Decimal::parse(json.at("hours").get<std::string>()));
  item.hours = hours;
  item.method = json.at("method");
  item.measured_by = json.at("measured_by");
  item.people = json.at("people");
  item.unit = json.at("unit");
  item.period = json.at("period");
  item.system = json.at("system");
  item.breakdown = json.at("breakdown");
  if (json.contains("units")) item.units = json.at("units").get<std::int64_t>();
  if (json.contains("sample")) item.sample = json.at("sample").get<std::int64_t>();
  if (json.contains("minutes")) {
    CANDOUR_TRY(minutes, base::Decimal::parse(json.at("minutes").get<std::string>()));
    item.minutes = minutes;
  }
  if (json.contains("pounds_an_hour")) {
    CANDOUR_TRY(pounds, base::Decimal::parse(json.at("pounds_an_hour").get<std::string>()));
    item.pounds_an_hour = pounds;
  }
  if (json.contains("measured_on")) {
    CANDOUR_TRY(measured_on, base::parse_iso_date(json.at("measured_on").get<std::string>()));
    item.measured_on = measured_on;
  }
  return item;
}

base::Result<HandoverContent> content_from(const std::string& text) {
  try {
    const Json json = Json::parse(text);
    HandoverContent content;
    content.reference = json.at("reference");
    content.analyst = json.at("analyst");
    content.withholds_all = json.at("withholds_all");
    content.lines = json.at("findings").get<std::vector<std::string>>();
    content.people_unknown = json.at("people_unknown").get<std::vector<std::string>>();
    for (const Json& q : json.at("questions"))
      content.questions.push_back({q.at("question"), q.at("given"), q.at("not_taken").get<std::vector<std::string>>()});
    for (const Json& h : json.at("hours")) {
      CANDOUR_TRY(item, cost_item_from(h));
      content.hours.push_back(std::move(item));
    }
    for (const Json& earlier : json.at("stands_beside")) {
      const auto figures = store::digest_from_hex(earlier.at("figures").get<std::string>());
      if (!figures) return base::fail(unreadable());
      content.beside.push_back({earlier.at("release"), *figures});
    }
    for (const Json& extract : json.at("extracts")) {
      CANDOUR_TRY(day, base::parse_iso_date(extract.at("extracted_on").get<std::string>()));
      content.extracted_on.emplace_back(extract.at("population").get<std::string>(), day);
    }
    return content;
  } catch (const Json::exception&) {
    return base::fail(unreadable());
  }
}

std::string order_named_in(const std::string& text) {
  const Json json = Json::parse(text, nullptr, false);
  return json.is_object() && json.contains("order") && json["order"].is_string() ? json["order"].get<std::string>() : std::string();
}

base::Error not_this_order(std::string code, const fs::path& file, std::string sentence) {
  return {base::Cause::refused, "handover." + std::move(code), {file.string()}, std::move(sentence), "send the data unit the order of candour commission CASE"};
}

base::Result<base::Done> check_order(const fs::path& file, const fs::path& output, const std::string& order, const base::Digest& content_now) {
  CANDOUR_TRY(events, read_journal(output));
  const JournalEvent* last = nullptr;
  bool is_known = false;
  for (const JournalEvent& event : events) {
    if (event.event != order_event) continue;
    last = &event;
    is_known = is_known || event.fact("order") == order;
  }
  if (!is_known) return base::fail(not_this_order("unknown_order", file, "this case never sent the order that the handover answers"));
  if (last->fact("order") != order) return base::fail(not_this_order("old_order", file, "the handover answers an order that a newer one has replaced"));
  if (last->fact("content") != content_now.to_hex())
    return base::fail(not_this_order("case_changed", file, "the case asks for something else now than its order did"));
  return base::Done{};
}

// Units named in the letter are a count, which only the desk with the records can protect; an order has no place for them.
base::ResultOrErrors<base::Done> check_units(const fs::path& case_folder, const request::Case& the_case) {
  base::Errors errors;
  for (const request::CostItem& item : the_case.costs)
    if (item.shows_units)
      errors.push_back(
          {base::Cause::wrong_input,
           "commission.shows_units",
           {(case_folder / "case.toml").string()},
           fmt::format("the cost of question {} has shows_units, expected hours only: the units are a count, and nobody at this desk can protect it",
                       item.question),
           "leave shows_units out: the letter then gives the hours"});
  if (!errors.empty()) return tl::make_unexpected(std::move(errors));
  return base::Done{};
}

}  // namespace

base::Digest OrderContent::digest() const { return base::digest_of(fmt::format("{}\n{}{}\n{}", order.size(), order, policy.size(), policy)); }

base::ResultOrErrors<OrderContent> order_content(const fs::path& case_folder, const request::Case& the_case, std::string policy_bytes) {
  auto settings = base::read_settings((case_folder / "case.toml").string());
  if (!settings) return tl::make_unexpected(base::Errors{std::move(settings).error()});
  OrderContent content{request::order_text(*settings, the_case), std::move(policy_bytes)};
  CANDOUR_TRY_DONE(check_units(case_folder, the_case));
  CANDOUR_TRY_DONE(check_requester(case_folder, content));
  return content;
}

base::Result<std::string> make_order(const fs::path& output, const OrderContent& content, const Commission& commission, const base::SigningKey& key) {
  CANDOUR_TRY(head, head_of_journal(output));
  const Json facts{{"reference", commission.reference}, {"commissioned_by", commission.by}, {"mark", head.to_hex()}};
  return write_package(PackageKind::order, {{"commission.json", facts.dump(2) + "\n"}, {"order.toml", content.order}, {"policy.toml", content.policy}}, key,
                       commission.on);
}

base::Result<base::Done> record_order(const fs::path& output, const OrderContent& content, const Commission& commission, const std::string& order_bytes) {
  return record(
      output,
      {std::string(order_event),
       {{"by", commission.by}, {"on", base::to_iso(commission.on)}, {"order", base::digest_of(order_bytes).to_hex()}, {"content", content.digest().to_hex()}}});
}

base::Result<OpenedOrder> open_order(const fs::path& file, const Keyring& keyring) {
  CANDOUR_TRY(bytes, base::read_file(file));
  CANDOUR_TRY(package, open_package(PackageKind::order, bytes, keyring, file.string()));
  OpenedOrder order;
  order.digest = package.digest;
  order.signer = package.signer;
  CANDOUR_TRY(content, package.member("order.toml"));
  CANDOUR_TRY(policy, package.member("policy.toml"));
  CANDOUR_TRY(facts, package.member("commission.json"));
  order.content = {std::move(content), std::move(policy)};
  const Json json = Json::parse(facts, nullptr, false);
  if (json.is_object() && json.contains("reference") && json["reference"].is_string()) order.reference = json["reference"].get<std::string>();
  if (json.is_object() && json.contains("commissioned_by") && json["commissioned_by"].is_string())
    order.commissioned_by = json["commissioned_by"].get<std::string>();
  return order;
}

base::Result<std::string> make_handover(const HandoverContent& content, const base::SigningKey& key, base::Date on) {
  return write_package(PackageKind::handover,
                       {{"handover.json", json_of(content).dump(2) + "\n"}, {"draft.json", content.published}, {"seal.json", content.seal}}, key, on);
}

base::Result<OpenedHandover> open_handover(const fs::path& file, const Keyring& keyring, const fs::path& output, const std::string& reference,
                                           const base::Digest& content_now) {
  CANDOUR_TRY(bytes, base::read_file(file));
  CANDOUR_TRY(package, open_package(PackageKind::handover, bytes, keyring, file.string()));
  CANDOUR_TRY(facts, package.member("handover.json"));
  CANDOUR_TRY(published, package.member("draft.json"));
  CANDOUR_TRY(seal, package.member("seal.json"));
  CANDOUR_TRY(content, content_from(facts));
  if (content.reference != reference) return base::fail(not_this_order("other_case", file, "the handover belongs to another case"));
  const std::string order = order_named_in(facts);
  content.order = store::digest_from_hex(order).value_or(base::Digest{});
  CANDOUR_TRY_DONE(check_order(file, output, order, content_now));
  content.published = std::move(published);
  content.seal = std::move(seal);
  return OpenedHandover{package.digest, package.signer, std::move(content)};
}

base::Result<base::Done> check_stood_beside(const HandoverContent& content, const std::vector<table::Release>& known) {
  for (const table::Release& release : known) {
    const bool is_about_it = std::ranges::any_of(content.extracted_on, [&](const auto& extract) { return extract.first == release.population; });
    const base::Digest figures = digest_of_figures(release);
    if (!is_about_it || std::ranges::any_of(content.beside, [&](const StoodBeside& earlier) { return earlier.figures == figures; })) continue;
    return base::fail({base::Cause::refused,
                       "handover.release_missing",
                       {},
                       fmt::format("the data unit did not protect beside the release '{}', which is about population '{}' too", release.id, release.population),
                       "enter it in the data unit's register (candour register add, or import), and have the order protected again"});
  }
  return base::Done{};
}

base::FileToWrite handed_over_file(const OpenedHandover& handover) { return {handed_over_name, json_of(handover.content).dump(2) + "\n"}; }

base::Result<std::optional<HandoverContent>> handed_over_content(const fs::path& output) {
  const fs::path file = output / "private" / handed_over_name;
  std::error_code status;
  if (!fs::exists(file, status)) return std::optional<HandoverContent>();
  CANDOUR_TRY(facts, base::read_file(file));
  CANDOUR_TRY(content, content_from(facts));
  CANDOUR_TRY(published, base::read_file(output / "private" / "published.json"));
  CANDOUR_TRY(seal, base::read_file(output / "private" / "seal.json"));
  content.published = std::move(published);
  content.seal = std::move(seal);
  return std::optional(std::move(content));
}

base::Result<base::Done> record_handover(const fs::path& output, const OpenedHandover& handover, base::Date on) {
  CANDOUR_TRY(events, read_journal(output));
  const std::string digest = handover.digest.to_hex();
  for (const JournalEvent& event : events)
    if (event.event == handover_event && event.fact("handover") == digest) return base::Done{};
  base::Decimal hours;
  for (const request::CostItem& item : handover.content.hours) {
    CANDOUR_TRY(sum, base::Decimal::sum(hours, item.hours));
    hours = sum;
  }
  return record(
      output, {std::string(handover_event),
               {{"by", handover.content.analyst}, {"on", base::to_iso(on)}, {"handover", digest}, {"signed_by", handover.signer}, {"hours", hours.to_text()}}});
}

std::string hours_text(const std::vector<request::CostItem>& hours) {
  Setting top, list;
  list.kind = base::SettingKind::list;
  for (const request::CostItem& item : hours) {
    const auto text = [](const std::string& value) {
      Setting setting;
      setting.kind = base::SettingKind::text;
      setting.text = value;
      return setting;
    };
    Setting number, entry;
    number.kind = base::SettingKind::number;
    number.number = item.hours;
    entry.entries = {{"question", text(item.question)}, {"activity", text(item.activity)}, {"hours", number}, {"method", text(item.method)}};
    const auto add_text = [&](const char* key, const std::string& value) {
      if (!value.empty()) entry.entries.emplace_back(key, text(value));
    };
    const auto add_whole = [&](const char* key, std::int64_t value) {
      Setting setting;
      setting.kind = base::SettingKind::whole_number;
      setting.whole_number = value;
      entry.entries.emplace_back(key, std::move(setting));
    };
    add_text("measured_by", item.measured_by);
    if (item.units) add_whole("units", *item.units);
    add_text("unit", item.unit);
    if (item.minutes) {
      Setting minutes;
      minutes.kind = base::SettingKind::number;
      minutes.number = *item.minutes;
      entry.entries.emplace_back("minutes", std::move(minutes));
    }
    if (item.people != 1) add_whole("people", item.people);
    if (item.sample) add_whole("sample", *item.sample);
    if (item.measured_on) {
      Setting day;
      day.kind = base::SettingKind::date;
      day.date = *item.measured_on;
      entry.entries.emplace_back("measured_on", std::move(day));
    }
    if (item.pounds_an_hour) {
      Setting pounds;
      pounds.kind = base::SettingKind::number;
      pounds.number = *item.pounds_an_hour;
      entry.entries.emplace_back("pounds_an_hour", std::move(pounds));
    }
    add_text("period", item.period);
    add_text("system", item.system);
    add_text("breakdown", item.breakdown);
    list.items.push_back(std::move(entry));
  }
  if (!list.items.empty()) top.entries.emplace_back("cost", std::move(list));
  return "# What the data unit handed over with its figures.\n" + base::to_toml(top);
}

base::ResultOrErrors<std::vector<request::CostItem>> handed_over_hours(const fs::path& output) {
  const fs::path file = output / "private" / hours_name;
  std::vector<request::CostItem> hours;
  std::error_code status;
  if (!fs::exists(file, status)) return hours;
  auto top = base::read_settings(file.string());
  if (!top) return tl::make_unexpected(base::Errors{std::move(top).error()});
  base::Errors errors = base::check_settings(*top, hours_keys(), file.string(), "hours");
  if (!errors.empty()) return tl::make_unexpected(std::move(errors));
  for (const Setting* entry : top->tables_of("cost")) {
    request::CostItem item;
    item.question = entry->text_of("question");
    item.activity = entry->text_of("activity");
    item.hours = *entry->number_of("hours");
    item.method = entry->text_of("method");
    item.measured_by = entry->text_of("measured_by");
    item.units = entry->whole_number_of("units");
    item.unit = entry->text_of("unit");
    item.minutes = entry->number_of("minutes");
    item.people = entry->whole_number_of("people").value_or(1);
    item.sample = entry->whole_number_of("sample");
    item.measured_on = entry->date_of("measured_on");
    item.pounds_an_hour = entry->number_of("pounds_an_hour");
    item.period = entry->text_of("period");
    item.system = entry->text_of("system");
    item.breakdown = entry->text_of("breakdown");
    hours.push_back(std::move(item));
  }
  return hours;
}

}  // namespace candour::casework
