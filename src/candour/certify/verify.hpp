#pragma once
// Re-adding a certificate: whoever holds the records can do it, with no solver and no trust in the program that made it.

#include <candour/base/result.hpp>
#include <candour/certify/certify.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace candour::certify {

/// A public table file, as its rows stand. Each shown variable has three columns (code, label, level); then come value and status.
struct PublicRow {
  std::vector<std::string> fields;
  std::uint64_t line = 0;
};
struct PublicTableFile {
  std::string table_id;
  std::string file;
  std::vector<std::string> header;
  std::vector<PublicRow> rows;
};

/// What is verified: the private folder's certificate and true cells, the policy, and the public tables.
struct VerifyInput {
  std::string_view certificate;
  std::string_view true_cells;
  const policy::Policy* policy = nullptr;
  std::vector<PublicTableFile> public_tables;
};

struct VerifyReport {
  std::vector<RefusalReason> reasons;  ///< empty: it holds
  std::uint64_t populations = 0, tables = 0, cells = 0, secrets = 0, witnesses = 0;
};

/// Depth "cells": digests, every public figure, every secret recomputed from the policy, every witness re-added. About a second per million cells.
[[nodiscard]] VerifyReport verify(const VerifyInput& input);

/// Depth "records": `retabulated` is the truth counted again from the records by the reference tabulator, with the digest of the records.
[[nodiscard]] VerifyReport verify_with_records(const VerifyInput& input, const std::vector<truth::Population>& retabulated, const base::Digest& records_digest);

}  // namespace candour::certify
