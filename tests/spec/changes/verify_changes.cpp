// The answer to a small case, changed by one unit in ten thousand ways: in a public table, the certificate, the policy or the true cells.

#include <candour/base/files.hpp>
#include <candour/certify/certificate_text.hpp>
#include <candour/certify/true_cells.hpp>
#include <candour/certify/verify.hpp>
#include <candour/cli/public_tables.hpp>
#include <candour/policy/policy.hpp>
#include <candour/table/canonical.hpp>

#include <gtest/gtest.h>

#include <unistd.h>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <random>
#include <sstream>
#include <string>

namespace {

using namespace candour;
namespace fs = std::filesystem;

int status_of(const std::string& command) {
  const int status = std::system((command + " >/dev/null 2>&1").c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// The small case, answered once for all tests, under a policy file of its own.
class Answered {
 public:
  static const Answered& once() {
    static const Answered answered;
    return answered;
  }
  ~Answered() { fs::remove_all(folder); }
  Answered(const Answered&) = delete;
  Answered& operator=(const Answered&) = delete;

  fs::path folder = fs::temp_directory_path() / ("candour-changes-" + std::to_string(::getpid()));
  std::string certificate;
  std::string true_cells;
  std::string policy_text;
  policy::Policy policy;
  std::vector<std::pair<fs::path, std::string>> tables;

  [[nodiscard]] std::vector<certify::PublicTableFile> parsed() const {
    std::vector<certify::PublicTableFile> files;
    for (const auto& [path, text] : tables) files.push_back(cli::public_table_from(path, text).value());
    return files;
  }

 private:
  Answered() {
    fs::remove_all(folder);
    fs::copy(fs::path(CANDOUR_SOURCE_DIR) / "tests/spec/small", folder, fs::copy_options::recursive);
    fs::remove_all(folder / "out");
    fs::copy_file(fs::path(CANDOUR_SOURCE_DIR) / "policies/default.toml", folder / "policy.toml");
    name_the_policy();
    EXPECT_EQ(status_of(std::string(CANDOUR_BINARY) + " answer " + folder.string()), 0);
    certificate = base::read_file(folder / "out/private/certificate.json").value();
    true_cells = base::read_file(folder / "out/private/true-cells.json").value();
    policy_text = base::read_file(folder / "policy.toml").value();
    policy = policy::load_policy(folder / "policy.toml").value();
    for (const auto& entry : fs::directory_iterator(folder / "out/public/csv"))
      if (entry.path().extension() == ".csv") tables.emplace_back(entry.path(), base::read_file(entry.path()).value());
    EXPECT_FALSE(tables.empty());
  }
  void name_the_policy() const {
    const std::string text = base::read_file(folder / "case.toml").value();
    EXPECT_TRUE(base::write_file_whole(folder / "case.toml", text + "\n[policy]\nfile = \"policy.toml\"\n"));
  }
};

// Makes one number of a text larger or smaller by one. A text without digits stays as it is.
void change_by_one(std::string& text, std::mt19937& random) {
  const auto is_digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  std::size_t at = random() % text.size();
  for (std::size_t steps = 0; !is_digit(at); at = (at + 1) % text.size())
    if (++steps > text.size()) return;
  std::size_t first = at;
  std::size_t end = at + 1;
  while (first > 0 && is_digit(first - 1) && end - first < 15) --first;
  while (end < text.size() && is_digit(end) && end - first < 15) ++end;
  const long long number = std::stoll(text.substr(first, end - first));
  text.replace(first, end - first, std::to_string(number == 0 || random() % 2 == 0 ? number + 1 : number - 1));
}

TEST(VerifyOfAnAnswer, holds_before_anything_is_changed) {
  const Answered& answered = Answered::once();
  const auto report = certify::verify({answered.certificate, answered.true_cells, &answered.policy, answered.parsed()});
  EXPECT_TRUE(report.reasons.empty()) << report.reasons[0].code << ' ' << report.reasons[0].subject;
  EXPECT_GE(report.secrets, 8U);
  EXPECT_EQ(status_of(std::string(CANDOUR_BINARY) + " verify " + answered.folder.string()), 0);
}

TEST(VerifyOfAnAnswer, refuses_ten_thousand_changes_by_one_unit) {
  const Answered& answered = Answered::once();
  const std::vector<certify::PublicTableFile> parsed = answered.parsed();
  std::mt19937 random(20261122);
  std::map<std::string, int> survivors;
  for (int i = 0; i < 10000; ++i) {
    certify::VerifyReport report;
    const char* kind = "public table";
    if (i % 4 == 0) {
      auto files = parsed;
      const std::size_t t = random() % files.size();
      std::string text = answered.tables[t].second;
      change_by_one(text, random);
      const auto changed = cli::public_table_from(answered.tables[t].first, text);
      if (!changed) continue;  // no longer a table: wrong input, exit status 2
      files[t] = *changed;
      report = certify::verify_public_tables(answered.certificate, std::move(files));
    } else if (i % 4 == 1) {
      kind = "certificate";
      std::string text = answered.certificate;
      change_by_one(text, random);
      report = certify::verify({text, answered.true_cells, &answered.policy, {}});
    } else if (i % 4 == 2) {
      kind = "true cells";
      std::string text = answered.true_cells;
      change_by_one(text, random);
      report = certify::verify_digests({answered.certificate, text, &answered.policy, {}});
    } else {
      kind = "policy";
      std::string text = answered.policy_text;
      change_by_one(text, random);
      policy::Policy policy = answered.policy;
      policy.digest = base::digest_of(text);
      report = certify::verify_digests({answered.certificate, answered.true_cells, &policy, {}});
    }
    if (report.reasons.empty()) ++survivors[kind];
  }
  for (const auto& [kind, count] : survivors) std::cout << "survivors in the " << kind << ": " << count << '\n';
  EXPECT_TRUE(survivors.empty());
}

TEST(VerifyOfAnAnswer, exits_with_status_3_for_changes_on_disk) {
  const Answered& answered = Answered::once();
  std::mt19937 random(7);
  std::vector<fs::path> files{answered.folder / "out/private/certificate.json", answered.folder / "out/private/true-cells.json",
                              answered.folder / "policy.toml"};
  for (const auto& [path, text] : answered.tables) files.push_back(path);
  for (std::size_t i = 0; i < 3 * files.size() && i < 40; ++i) {
    const fs::path& file = files[i % files.size()];
    const std::string before = base::read_file(file).value();
    std::string text = before;
    change_by_one(text, random);
    ASSERT_TRUE(base::write_file_whole(file, text));
    EXPECT_EQ(status_of(std::string(CANDOUR_BINARY) + " verify " + answered.folder.string()), 3) << file.filename();
    ASSERT_TRUE(base::write_file_whole(file, before));
  }
}

// What re-adding alone is worth: the same changes with every digest made anew, as a liar with the program's source would.
class Forger {
 public:
  Forger() : content_(certify::certificate_from(Answered::once().certificate).value()) {
    for (const auto& p : content_.populations) spaces_.push_back(p.published.space);
    truth_ = certify::true_cells_from(Answered::once().true_cells, spaces_).value();
  }
  certify::CertificateContent content_;
  std::vector<truth::Population> truth_;

  [[nodiscard]] certify::VerifyReport verified() {
    std::vector<table::PublishedPopulation> published;
    for (const auto& p : content_.populations) published.push_back(p.published);
    const std::string cells = certify::to_text(truth_);
    content_.draft = table::digest_of_draft(published);
    content_.true_cells = base::digest_of(cells);
    return certify::verify_content(certify::to_text(content_), cells, Answered::once().policy);
  }

 private:
  std::vector<std::shared_ptr<const table::AtomSpace>> spaces_;
};

bool is_counted_in(const table::PublishedPopulation& published, table::AtomIndex atom) {
  for (const table::PublishedTable& table : published.tables) {
    const std::vector<table::AtomIndex> all = table::TableLayout(*published.space, table.design).atoms(0);
    if (std::binary_search(all.begin(), all.end(), atom)) return true;
  }
  return false;
}

TEST(VerifyOfAnAnswer, refuses_forged_figures_by_re_adding_and_says_what_survives) {
  const Forger honest;
  std::mt19937 random(3);
  std::map<std::string, std::pair<int, int>> refused_of;  // kind -> refused, tried
  for (int i = 0; i < 3000; ++i) {
    Forger forger = honest;
    auto& population = forger.content_.populations[random() % forger.content_.populations.size()];
    auto& truth = forger.truth_[static_cast<std::size_t>(&population - forger.content_.populations.data())];
    const std::int64_t step = random() % 2 == 0 ? 1 : -1;
    std::string kind;
    if (i % 3 == 0) {
      kind = "published figure";
      std::vector<table::Value*> figures;
      for (auto& table : population.published.tables)
        for (auto& cell : table.cells)
          if (auto* value = std::get_if<table::Value>(&cell)) figures.push_back(value);
      if (figures.empty()) continue;
      figures[random() % figures.size()]->units += step;
    } else if (i % 3 == 1) {
      kind = "witness";
      auto& moves = population.evidence.moves;
      if (moves.empty()) continue;
      auto& move = moves[random() % moves.size()];
      move[random() % move.size()].change += step;
    } else {
      const std::size_t atom = random() % truth.counts.size();
      kind = is_counted_in(population.published, atom) ? "true cell" : "true cell of a period that nothing published covers";
      truth.counts[atom] += truth.counts[atom] == 0 ? 1 : step;
    }
    ++refused_of[kind].second;
    if (!forger.verified().reasons.empty()) ++refused_of[kind].first;
  }
  for (const auto& [kind, counts] : refused_of) std::cout << kind << ": " << counts.first << " of " << counts.second << " refused by re-adding alone\n";
  EXPECT_EQ(refused_of["published figure"].first, refused_of["published figure"].second);
  EXPECT_EQ(refused_of["witness"].first, refused_of["witness"].second);
  EXPECT_EQ(refused_of["true cell"].first, refused_of["true cell"].second);
  // The only survivors: such a cell takes part in no figure, no secret and no witness, so nothing that went out speaks of it.
  EXPECT_EQ(refused_of["true cell of a period that nothing published covers"].first, 0);
}

}  // namespace
