#include <candour/policy/read_policy.hpp>

#include <candour/base/files.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::policy {
namespace {

using base::Setting;

class Reader {
 public:
  explicit Reader(const std::string& file) : file_(file) {}

  Policy read(const Setting& top) {
    Policy policy;
    policy.name = top.text_of("name");
    policy.version = top.text_of("version");
    policy.minimum_frequency.minimum = in_range(top, "minimum_frequency", 1, 1000);
    policy.p_percent = in_range(top, "p_percent", 1, 100);
    policy.group_disclosure = top.truth_of("group_disclosure");
    policy.convention = top.text_of("zeros") == "may-be-hidden" ? table::ZeroConvention::hidden_may_be_zero : table::ZeroConvention::hidden_at_least_one;
    policy.people_unknown = top.text_of("people_unknown") == "forbidden" ? PeopleUnknown::forbidden : PeopleUnknown::accepted_with_mark;
    policy.rests_on_finding = top.text_of("rests_on_finding");
    read_treatments(top, policy);
    policy.most_plans = in_range(top, "most_plans", 1, 1000000000);
    policy.noise_budget_millionths = noise_budget_of(top);
    for (const Setting* table : top.tables_of("intruder")) add_intruder(*table, policy);
    check_cell_key(top, policy);
    if (std::ranges::find(policy.intruders, IntruderKind::the_public, &NamedIntruder::kind) == policy.intruders.end())
      add(top.line_of("intruder"), "no_public", "no intruder is of the kind \"public\", expected one: what is disclosed is disclosed to the world",
          "add [[intruder]] with kind = \"public\"");
    return policy;
  }

  base::Errors take() { return std::move(errors_); }

 private:
  void add(std::uint64_t line, std::string_view code, std::string sentence, std::string hint = {}) {
    errors_.push_back({base::Cause::wrong_input, fmt::format("policy.{}", code), {file_, line}, std::move(sentence), std::move(hint)});
  }

  std::int64_t in_range(const Setting& table, std::string_view key, std::int64_t lowest, std::int64_t highest) {
    const std::int64_t number = table.whole_number_of(key).value_or(lowest);
    if (number < lowest || number > highest) add(table.line_of(key), "out_of_range", fmt::format("{} is {}, expected {} to {}", key, number, lowest, highest));
    return number;
  }

  // How finer figures may be given where they cannot be given exact.
  void read_treatments(const Setting& top, Policy& policy) {
    const bool rounds_to = top.find("rounding_base") != nullptr;
    const Setting* const noise = top.find("cell_key");
    bool rounds = false, adds_noise = false;
    if (top.find("treatments") != nullptr) {
      policy.hides_cells = policy.marks_tables = false;
      for (const std::string& treatment : top.texts_of("treatments")) {
        if (treatment == "suppress") policy.hides_cells = true;
        else if (treatment == "mark") policy.marks_tables = true;
        else if (treatment == "round") rounds = true;
        else if (treatment == "cell-key") adds_noise = true;
        else
          add(top.line_of("treatments"), "treatment",
              fmt::format("treatments has \"{}\", expected \"suppress\", \"mark\", \"round\" or \"cell-key\"", treatment),
              "treatments = [\"suppress\", \"mark\"], or none of them: treatments = []");
      }
    }
    if (rounds_to != rounds)
      add(top.line_of(rounds ? "treatments" : "rounding_base"), "rounding",
          rounds ? "treatments has \"round\", expected rounding_base beside it" : "rounding_base is given, expected \"round\" among the treatments",
          "treatments = [\"suppress\", \"round\"] with rounding_base = 5");
    if (rounds_to) policy.rounding_base = in_range(top, "rounding_base", 2, 1000);
    if ((noise != nullptr) != adds_noise)
      add(top.line_of(adds_noise ? "treatments" : "cell_key"), "cell_key",
          adds_noise ? "treatments has \"cell-key\", expected [cell_key] in the policy" : "[cell_key] is given, expected \"cell-key\" among the treatments",
          "treatments = [\"suppress\", \"cell-key\"] with [cell_key], most_noise = 7 and variance = 5");
    if (rounds && adds_noise)
      add(top.line_of("treatments"), "two_changes", "treatments has \"round\" and \"cell-key\", expected one of them",
          "figures that are rounded in one place and carry noise in another tell more together than either");
    if (noise == nullptr) return;
    policy.cell_key = CellKeyNoise{in_range(*noise, "most_noise", 1, 1000), in_range(*noise, "variance", 1, 1000), 0};
    if (noise->find("forbidden") != nullptr) policy.cell_key->forbidden = in_range(*noise, "forbidden", 0, 1000);
  }

  // A figure of 0 stands for 0 to most_noise: it must not say less than that a small count may be behind it, whoever takes their own records off.
  void check_cell_key(const Setting& top, const Policy& policy) {
    if (!policy.cell_key || policy.cell_key->most_noise >= policy.protected_below()) return;
    add(top.find("cell_key")->line_of("most_noise"), "most_noise",
        fmt::format("most_noise is {}, expected at least {}: minimum_frequency and the largest coalition together", policy.cell_key->most_noise,
                    policy.protected_below()),
        "a 0 stands for 0 to most_noise, and has to leave open that as many people are behind it as anywhere else");
  }

  std::optional<std::int64_t> noise_budget_of(const Setting& top) {
    const auto budget = top.number_of("noise_budget");
    if (!budget) return std::nullopt;
    constexpr int millionths = 6;
    const auto units = budget->scale() <= millionths ? budget->rescaled(millionths) : *budget;
    if (units && units->scale() == millionths && units->units() >= 0 && units->units() <= 1'000'000'000) return units->units();
    add(top.line_of("noise_budget"), "noise_budget", fmt::format("noise_budget is {}, expected 0 to 1000 with at most six decimals", budget->to_text()));
    return std::nullopt;
  }

  void add_intruder(const Setting& table, Policy& policy) {
    const std::string kind = table.text_of("kind");
    NamedIntruder intruder{table.text_of("name"), IntruderKind::the_public, 0};
    if (kind == "knows-presence") intruder.kind = IntruderKind::knows_presence;
    if (kind == "person-in-the-data") intruder = {intruder.name, IntruderKind::person_in_the_data, 1};
    if (kind == "people-in-the-data") intruder = {intruder.name, IntruderKind::people_in_the_data, 2};
    if (table.find("coalition_size") != nullptr) {
      if (intruder.kind == IntruderKind::people_in_the_data) intruder.coalition_size = in_range(table, "coalition_size", 2, 5);
      else
        add(table.line_of("coalition_size"), "coalition",
            fmt::format("'{}' has a coalition_size, expected one only for the kind \"people-in-the-data\"", intruder.name));
    }
    if (std::ranges::find(policy.intruders, intruder.name, &NamedIntruder::name) != policy.intruders.end())
      add(table.line_of("name"), "duplicate", fmt::format("the intruder '{}' stands twice, expected each name once", intruder.name));
    policy.intruders.push_back(std::move(intruder));
  }

  const std::string& file_;
  base::Errors errors_;
};

}  // namespace

base::ResultOrErrors<Policy> read_policy(std::string_view text, const std::string& file) {
  const auto top = base::parse_settings(text, file);
  if (!top) return tl::make_unexpected(base::Errors{top.error()});
  base::Errors errors = base::check_settings(*top, policy_keys(), file, "policy");
  if (!errors.empty()) return tl::make_unexpected(std::move(errors));
  Reader reader(file);
  Policy policy = reader.read(*top);
  errors = reader.take();
  std::ranges::stable_sort(errors, {}, [](const base::Error& error) { return error.place.line; });
  if (!errors.empty()) return tl::make_unexpected(std::move(errors));
  policy.digest = base::digest_of(text);
  return policy;
}

base::ResultOrErrors<Policy> load_policy(const std::filesystem::path& file) {
  const auto text = base::read_file(file);
  if (!text)
    return tl::make_unexpected(base::Errors{
        {base::Cause::wrong_input, "policy.unreadable", {file.string()}, "the file cannot be read, expected a policy", "check the path and the permissions"}});
  return read_policy(*text, file.string());
}

}  // namespace candour::policy
