#pragma once
// The certificate as text, and back: everything that is needed to re-add it, beside the true cells.

#include <candour/base/digest.hpp>
#include <candour/base/result.hpp>
#include <candour/table/draft.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace candour::certify {

/// What a certificate says of one population.
struct CertifiedPopulation {
  table::PublishedPopulation published;
  std::vector<table::TableDesign> asked;
  table::Evidence evidence;
};

struct CertificateContent {
  base::Digest records;
  base::Digest policy;
  base::Digest draft;
  base::Digest true_cells;
  std::vector<base::Digest> earlier_releases;
  std::string vetting;
  std::vector<std::string> marks;
  std::vector<CertifiedPopulation> populations;
};

/// Gives JSON whose last member is the digest of everything before it: no byte changes unseen. Equal contents give equal bytes.
[[nodiscard]] std::string to_text(const CertificateContent& content);

/// Error refused "certify.certificate" if a byte was changed or the text is no certificate.
[[nodiscard]] base::Result<CertificateContent> certificate_from(std::string_view text);

/// The same without the digest check: for tests that change a certificate and want to see the figures themselves refused.
[[nodiscard]] base::Result<CertificateContent> certificate_content_from(std::string_view text);

}  // namespace candour::certify
