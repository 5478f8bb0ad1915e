#pragma once
// private/witnesses.txt: the secrets of a protected table, the moves that speak for each, and what the checker must ask. Written by `protect`, read by
// `verify`.

#include <candour/base/result.hpp>
#include <candour/certify/system_check.hpp>
#include <candour/table/system_move.hpp>
#include <candour/truth/system_truth.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace candour::cli {

struct WitnessFile {
  certify::SystemCheckOptions check;
  std::int64_t minimum = 0;                ///< counts from 1 to one less must all be secrets; 0: amounts, or a constraint file
  std::vector<table::SystemAxis> axes;     ///< of a table that is one cube; empty otherwise
  std::vector<table::SystemCell> singles;  ///< cells of a single contributor
  std::uint32_t published_count = 0;
  std::vector<std::vector<table::SystemCell>> tables;  ///< linked tables: where the cells of each stand
  std::vector<truth::SystemSecret> secrets;
  std::vector<std::vector<std::uint32_t>> moves_of;
  std::vector<table::SystemMove> moves;
};

/// One line each: check, published, axis, single, table, secret (cell, reaches, width, moves), move (cell:change). Cost: linear.
[[nodiscard]] std::string text_of_witnesses(const WitnessFile& file);

/// Reads it back. Error wrong_input "witnesses.malformed" with the line.
[[nodiscard]] base::Result<WitnessFile> read_witnesses(std::string_view text, const std::string& name);

}  // namespace candour::cli
