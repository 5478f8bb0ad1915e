#pragma once
// The one suite that every holding passes. A kind of holding brings a Maker and its quirks.

#include "quirks.hpp"

#include <candour/holdings/holding.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace candour::holdings_tests {

/// A small table of texts, with a header.
struct Contents {
  std::vector<std::string> columns;
  std::vector<std::vector<std::optional<std::string>>> rows;
  /// Of columns, by index, that are made with a type of days where the kind has one.
  std::vector<std::size_t> day_columns;
  /// The same for whole numbers (up to 32 bits) and for decimals.
  std::vector<std::size_t> whole_columns{}, decimal_columns{};
};

using Opened = std::variant<std::unique_ptr<holdings::RecordHolding>, std::unique_ptr<holdings::CountingHolding>>;

/// Makes holdings of one kind. Contents made again under the same name replace the earlier ones.
class Maker {
 public:
  virtual ~Maker() = default;
  [[nodiscard]] virtual Quirks quirks() const = 0;
  virtual void make(const std::string& name, const Contents& contents) = 0;
  [[nodiscard]] virtual base::Result<Opened> open(const std::string& name) = 0;
};

using MakerFactory = std::function<std::unique_ptr<Maker>()>;
struct Kind {
  std::string name;
  MakerFactory make;
};

class Conformance : public ::testing::TestWithParam<Kind> {
 protected:
  void SetUp() override { maker_ = GetParam().make(); }
  [[nodiscard]] holdings::RecordHolding& opened(const std::string& name);
  std::unique_ptr<Maker> maker_;
  std::vector<Opened> opened_;
};

inline std::string kind_name(const ::testing::TestParamInfo<Kind>& info) { return info.param.name; }

/// A CSV text of contents, all fields quoted except missing ones.
[[nodiscard]] std::string csv_of(const Contents& contents);

}  // namespace candour::holdings_tests
