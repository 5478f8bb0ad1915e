#include <candour/release/page_shell.hpp>

#include <candour/base/digest.hpp>
#include <candour/release/templates.hpp>

#include <fmt/format.h>

namespace candour::release {
namespace {

namespace mustache = kainjow::mustache;

// An answer's page keeps the notice of what it carries, without a remark that readers do not see.
constexpr std::string_view style_notice =
    ":root{--style:\"Parts are govuk-frontend, Copyright (C) 2017 Crown Copyright (Government Digital Service), MIT Licence; see NOTICE.txt of the log\"}\n";

std::string colours_of(const PageColours& colours) {
  return fmt::format(":root{{--header:{};--header-text:{};--accent:{};--govuk-brand-colour:{};--govuk-link-colour:{}}}\n", colours.header, colours.header_text,
                     colours.accent, colours.accent, colours.accent);
}

std::string style_of_pages(const PageLook& look) {
  std::string style(style_notice);
  style += template_text("page_styles.css");
  style += template_text("site.css");
  style += colours_of(look.colours);
  return style;
}

std::string style_of_lists(const PageLook& look) { return style_of_pages(look) + std::string(template_text("list_styles.css")); }

SharedFile named_by_digest(std::string_view stem, std::string_view ending, std::string bytes) {
  return {fmt::format("assets/{}-{}{}", stem, base::digest_of(bytes).to_hex().substr(0, 12), ending), std::move(bytes)};
}

// The digest of inline code as a content-security policy names it: SHA-256 in base64 (RFC 4648), 32 bytes with one sign of padding.
std::string source_digest(std::string_view code) {
  constexpr std::string_view signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const base::Digest digest = base::digest_of(code);
  std::string text;
  for (std::size_t at = 0; at < digest.bytes.size(); at += 3) {
    const auto byte = [&](std::size_t i) { return i < digest.bytes.size() ? static_cast<unsigned>(digest.bytes[i]) : 0U; };
    const unsigned bits = (byte(at) << 16U) | (byte(at + 1) << 8U) | byte(at + 2);
    for (const unsigned shift : {18U, 12U, 6U, 0U}) text += signs[(bits >> shift) & 63U];
  }
  text.back() = '=';
  return text;
}

mustache::partial partial_of(std::string_view name) {
  return mustache::partial{[name] { return std::string(template_text(name)); }};
}

}  // namespace

SharedFile shared_style(const PageLook& look) { return named_by_digest("style", ".css", style_of_lists(look)); }

SharedFile shared_leave_script() { return named_by_digest("leave", ".js", std::string(template_text("leave.js"))); }

std::string security_policy(const PageLook& look, PageKind kind) {
  if (kind == PageKind::shares_files) {
    return "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'";
  }
  return fmt::format("default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; form-action 'none'; base-uri 'none'",
                     source_digest(style_of_pages(look)), source_digest(template_text("leave.js")));
}

std::string licence_sentence(std::string_view licence) {
  if (licence == "Open Government Licence v3.0") {
    return "All content is available under the Open Government Licence v3.0, except where otherwise stated: it may be used again if its source is named.";
  }
  return fmt::format("Licence of text and figures: {}.", licence);
}

void set_shell(HtmlData& data, const PageLook& look, const PagePlace& place) {
  data.set("shell_head", partial_of("shell_head.html"));
  data.set("shell_top", partial_of("shell_top.html"));
  data.set("shell_foot", partial_of("shell_foot.html"));
  data.set("shell_policy", security_policy(look, place.kind));
  data.set("shell_header_colour", look.colours.header);
  data.set("shell_carries_all", place.kind == PageKind::carries_all);
  if (place.kind == PageKind::carries_all) {
    data.set("shell_style", style_of_pages(look));
    data.set("shell_script", std::string(template_text("leave.js")));
  } else {
    data.set("shell_style_file", shared_style(look).path);
    data.set("shell_script_file", shared_leave_script().path);
  }
  data.set("shell_root", place.to_root);
  data.set("shell_authority", look.authority);
  data.set("shell_service", look.service);
  data.set("shell_is_draft", place.is_draft);
  data.set("shell_has_phase", !look.phase.empty());
  data.set("shell_phase", look.phase);
  data.set("shell_has_feedback", !look.feedback.empty());
  data.set("shell_feedback", look.feedback);
  data.set("shell_leave_address", look.leave_address);
  data.set("shell_has_publisher_url", !place.publisher_url.empty());
  data.set("shell_publisher_url", place.publisher_url);
  data.set("shell_licence_sentence", licence_sentence(place.licence));
}

}  // namespace candour::release
