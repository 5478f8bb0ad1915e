// Several holdings of one kind read as one: yearly files, shards.

#include <candour/holdings/row_coder.hpp>
#include <candour/holdings/shards.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::holdings {
namespace {

class Shards final : public RecordHolding {
 public:
  Shards(std::vector<std::unique_ptr<RecordHolding>> parts, std::vector<std::string> columns)
      : parts_(std::move(parts)), columns_(std::move(columns)), name_(fmt::format("{} and {} more", parts_[0]->name(), parts_.size() - 1)) {}

  const std::string& name() const override { return name_; }
  base::Result<std::vector<std::string>> column_names() override { return columns_; }

  base::Result<DataQuality> read(const std::vector<ColumnRequest>& columns, const BatchSink& sink) override {
    DataQuality all;
    std::vector<std::unordered_map<std::string, std::uint32_t>> codes(columns.size());
    std::vector<std::vector<std::string>> texts(columns.size());
    for (const auto& part : parts_) {
      std::vector<std::vector<std::uint32_t>> translated(columns.size());
      const std::uint64_t first = all.rows;
      const auto take = [&](const RecordBatch& batch, const std::vector<std::vector<std::string>>& own) {
        RecordBatch joined = batch;
        joined.first_row += first;
        for (std::size_t c = 0; c < columns.size(); ++c) {
          for (std::size_t t = translated[c].size(); t < own[c].size(); ++t) {
            const auto [place, is_new] = codes[c].emplace(own[c][t], static_cast<std::uint32_t>(texts[c].size()));
            if (is_new) texts[c].push_back(own[c][t]);
            translated[c].push_back(place->second);
          }
          for (std::uint32_t& code : joined.columns[c].codes)
            if (code != ColumnBatch::missing) code = translated[c][code];
        }
        return sink(joined, texts);
      };
      CANDOUR_TRY(quality, part->read(columns, take));
      all.rows += quality.rows;
      all.identical_rows += quality.identical_rows;
      for (const std::string& note : quality.notes) all.notes.push_back(part->name() + ": " + note);
    }
    if (parts_.size() > 1) all.notes.emplace_back("identical rows are looked for inside each part, not across parts");
    return all;
  }

  base::Result<base::Digest> digest() override {
    std::string digests;
    for (const auto& part : parts_) {
      CANDOUR_TRY(digest, part->digest());
      digests += digest.to_hex();
    }
    return base::digest_of(digests);
  }

 private:
  std::vector<std::unique_ptr<RecordHolding>> parts_;
  std::vector<std::string> columns_;
  std::string name_;
};

}  // namespace

base::Result<std::unique_ptr<RecordHolding>> join_shards(std::vector<std::unique_ptr<RecordHolding>> parts) {
  if (parts.empty()) return base::fail({base::Cause::wrong_input, "holding.no_parts", {}, "no holding is named", {}});
  CANDOUR_TRY(columns, parts[0]->column_names());
  for (const auto& part : parts) {
    CANDOUR_TRY(names, part->column_names());
    std::vector<std::string> sorted = columns, others = names;
    std::sort(sorted.begin(), sorted.end());
    std::sort(others.begin(), others.end());
    if (sorted != others)
      return base::fail({base::Cause::wrong_input,
                         "holding.different_columns",
                         {part->name(), 0, 0},
                         fmt::format("the columns are not those of {}", parts[0]->name()),
                         "parts of one holding have the same columns"});
  }
  if (parts.size() == 1) return std::move(parts[0]);
  return std::unique_ptr<RecordHolding>(std::make_unique<Shards>(std::move(parts), std::move(columns)));
}

}  // namespace candour::holdings
