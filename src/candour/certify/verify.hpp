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
  std::vector<PublicTableFile> public_tables;  ///< all of them: one that is missing, or one too many, is a fault
};

struct VerifyReport {
  std::vector<RefusalReason> reasons;  ///< empty: it holds
  std::uint64_t populations = 0, tables = 0, cells = 0, secrets = 0, witnesses = 0;
};

/// Depth "cells": digests, every public figure, every secret recomputed from the policy, every witness re-added. About a second per million cells.
[[nodiscard]] VerifyReport verify(const VerifyInput& input);

/// The parts of it, for programs that want one alone. The digests of certificate, policy, true cells and draft:
[[nodiscard]] VerifyReport verify_digests(const VerifyInput& input);
/// the public tables against the tables of the certificate:
[[nodiscard]] VerifyReport verify_public_tables(std::string_view certificate, const std::vector<PublicTableFile>& public_tables);
/// the same against the tables of a handover, whose certificate stayed with the data unit:
[[nodiscard]] VerifyReport verify_public_tables(const std::vector<table::PublishedPopulation>& published, const std::vector<PublicTableFile>& public_tables);
/// and re-adding: figures, secrets and witnesses of the certificate against the true cells.
[[nodiscard]] VerifyReport verify_content(std::string_view certificate, std::string_view true_cells, const policy::Policy& policy);

/// Depth "records": `retabulated` is the truth counted again from the records by the reference tabulator, with the digest of the records.
[[nodiscard]] VerifyReport verify_with_records(const VerifyInput& input, const std::vector<truth::Population>& retabulated, const base::Digest& records_digest);

}  // namespace candour::certify
