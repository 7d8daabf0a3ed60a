// The console's style sheet and its few drawings (design/DESIGN.md, 3.1 and 11). Text only: knows no page.
#pragma once

#include <string_view>

namespace qabyl::sync::registry {

inline constexpr std::string_view console_style = R"(
*{box-sizing:border-box}body{margin:0;font:17px/1.45 Inter,"PT Sans",sans-serif;background:#F5F1E7;color:#0F272C;display:flex;min-height:100vh}
a{color:#0A5460}:focus-visible{outline:4px solid #0F272C;outline-offset:2px;box-shadow:0 0 0 10px #F0B93A}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:#fff;padding:10px 16px;z-index:2}
nav{background:#06313A;color:#fff;width:252px;padding:24px 0;flex:none;display:flex;flex-direction:column}
.brand{display:flex;gap:14px;align-items:center;padding:0 24px 12px}.orn{display:block;margin:0 24px 18px;width:204px}
.brand b{font:700 28px/1.1 "PT Serif",serif;display:block}.brand small{color:#C4DCDD;font-size:15px}.brand svg{flex:none}
nav>a{display:flex;gap:14px;align-items:center;color:#fff;text-decoration:none;padding:12px 24px;border-left:4px solid transparent;min-height:50px}
nav>a:hover{background:#0A5460}nav>a[aria-current]{background:#0B414C;border-left-color:#F0B93A;font-weight:600}
nav>a i{margin-left:auto;background:#F0B93A;color:#1E1500;border-radius:12px;padding:1px 11px;font:600 15px Inter,sans-serif}
.find{padding:0 24px 12px}.find label{margin:0;font-weight:400;font-size:15px;color:#C4DCDD}.find input{padding:6px 10px;min-height:44px;border-color:#6E979D}
.who{margin-top:auto;padding:20px 24px 0;color:#C4DCDD;font-size:16px}.who form{margin:12px 0}.who button{background:none;border:2px solid #6E979D;color:#fff}
.lang a{color:#C4DCDD;margin-right:16px;display:inline-block;padding:10px 0}.lang a[aria-current]{color:#fff;font-weight:600}
nav{position:sticky;top:0;height:100vh;overflow-y:auto}main{padding:28px 44px 60px;flex:1;min-width:0;max-width:1668px}h1{font:700 36px/1.2 "PT Serif",serif;margin:0 0 20px}h2{font:600 21px/1.3 Inter,sans-serif;margin:0 0 12px}
h1+.sub{margin-top:-14px}.sub{color:#374A4F;margin:0 0 20px}.crumb{margin:0 0 4px}
.stats{display:grid;grid-template-columns:repeat(auto-fit,minmax(210px,1fr));gap:20px;margin:0 0 20px}
.stat{background:#fff;border:2px solid #D8D0BD;border-left:8px solid #0A5460;border-radius:16px;padding:14px 20px}.stat.warn{border-left-color:#F0B93A}.stat.bad{border-left-color:#8A1717}
.stat b{font:700 42px/1.15 "PT Serif",serif;display:block}.stat span{font-weight:600}.stat small{display:block;color:#374A4F;font-size:16px}
.card{background:#fff;border:2px solid #D8D0BD;border-radius:16px;padding:20px 24px;margin:0 0 20px;overflow-x:auto}
.two{display:grid;grid-template-columns:minmax(0,2.3fr) minmax(320px,1fr);gap:20px;align-items:start}@media(max-width:1250px){.two{grid-template-columns:1fr}}.halves{display:grid;grid-template-columns:minmax(0,1.15fr) minmax(0,1fr);gap:20px;align-items:start}@media(max-width:1500px){.halves{display:block}}
table{border-collapse:collapse;width:100%}th{text-align:left;border-bottom:2px solid #0F272C;font-size:15px;padding:8px 12px}td{border-bottom:1px solid #D8D0BD;padding:12px;vertical-align:top}tr:last-child td{border-bottom:0}
td{min-width:110px}td small,li small,dd small{color:#374A4F;font-size:15px;display:block}code{font:14px "PT Mono",monospace;overflow-wrap:anywhere;color:#374A4F}
.tag{display:inline-flex;gap:8px;align-items:center;border-radius:8px;padding:3px 12px;background:#DFECEC;font-weight:600;font-size:16px}.tag.ok{background:#DFEFE4;color:#0F5236}.tag.warn{background:#FFF1CC;color:#573800}.tag.bad{background:#FBE6E1;color:#8A1717}.tag.plain{background:#EBE5D6;color:#374A4F}
ol.line{list-style:none;margin:0;padding:0}ol.line>li{display:grid;grid-template-columns:190px 30px 1fr;gap:0 16px;position:relative;padding:0 0 22px}
ol.line time{text-align:right;color:#374A4F}ol.line .dot{width:26px;height:26px;border-radius:50%;background:#0F5236;color:#fff;display:grid;place-items:center}ol.line .dot.bad{background:#8A1717}
ol.line>li:not(:last-child):before{content:"";position:absolute;left:218px;top:26px;bottom:0;width:2px;background:#D8D0BD}
ol.line .dot.open{background:#fff;border:2px solid #66777B}ol.line .dot.late{background:#F0B93A;color:#1E1500}ol.line .ahead b{font-weight:600;display:block}ol.line .ahead b:first-letter{text-transform:uppercase}
.days{display:flex;gap:8px;flex-wrap:wrap;margin:8px 0}.days i{font-style:normal;text-align:center;min-width:52px;padding:6px 4px;border:1px solid #D8D0BD;border-radius:8px;background:#fff;font-size:14px;color:#374A4F}.days b{display:block;font-size:17px;color:#0F272C}.days .off{background:#EBE5D6}.days .base{background:#DFECEC;border-color:#0A5460}.days .last{background:#FFF1CC;border-color:#573800}.days span{align-self:center}
.extract{display:flex;gap:32px;justify-content:space-between;align-items:flex-start}.qr{width:190px;flex:none}
.count small{display:block;color:#374A4F;font-size:16px}
ul.docs{list-style:none;margin:8px 0 0;padding:0}ul.docs li{display:block;padding:4px 0}ul.docs ol{margin:6px 0;padding-left:24px}ul.docs ol>li{display:list-item}dl{margin:0}dt{color:#374A4F;font-size:15px}dd{margin:0 0 10px}
label{display:block;margin:0 0 14px;font-weight:600}label small{display:block;font-weight:400;color:#374A4F}input,textarea,select{display:block;margin-top:6px;font:inherit;font-weight:400;padding:9px 12px;border:2px solid #66777B;border-radius:12px;width:100%;max-width:460px;background:#fff;color:inherit}textarea{min-height:110px}
button{font:600 17px Inter,sans-serif;background:#0A5460;color:#fff;border:0;border-bottom:4px solid #06404A;border-radius:12px;padding:9px 20px;min-height:46px;cursor:pointer}button:active{transform:translateY(3px);border-bottom-width:1px}
button.plain,a.plain{background:#fff;color:#0F272C;border:2px solid #66777B;border-bottom-width:2px}a.plain{display:inline-block;font-weight:600;text-decoration:none;border-radius:12px;padding:9px 20px}button.warn{background:#8A1717;border-bottom-color:#5E0F0F}
.tick{display:flex;gap:10px;align-items:center;font-weight:400;min-height:44px;margin:0}.tick input{width:24px;height:24px;margin:0;flex:none}.tick+label:not(.tick){margin-top:12px}
form.bar{align-items:end;margin:0 0 20px}form.bar label{margin:0;flex:0 1 460px}
.bar{display:flex;gap:16px;align-items:center;flex-wrap:wrap;margin:4px 0 0}main>p.bar{margin-bottom:20px}.tabs{display:flex;gap:10px;flex-wrap:wrap;margin:0 0 16px}.tabs a{border:2px solid #66777B;border-radius:12px;padding:8px 18px;text-decoration:none;font-weight:600;color:#0F272C;background:#fff;min-height:44px}.tabs a[aria-current]{background:#0A5460;border-color:#0A5460;color:#fff}
.pills{display:flex;gap:6px;margin:0 0 16px}.pills i{width:34px;height:12px;border-radius:6px;background:#fff;border:2px solid #66777B}.pills i.ok{background:#0F5236;border-color:#0F5236}.pills i.bad{background:#8A1717;border-color:#8A1717}
.parts{display:grid;grid-template-columns:repeat(auto-fit,minmax(360px,1fr));gap:0 32px}.part{display:grid;grid-template-columns:38px minmax(0,1fr) 26px;gap:0 12px;padding:10px 0;align-items:start}.part>b{width:36px;height:36px;border-radius:50%;background:#DFECEC;color:#0A5460;display:grid;place-items:center}.part>.mark{color:#0F5236;padding-top:38px}.part>.mark.bad{color:#8A1717}
.part.bad input:not([type=checkbox]),.part.bad textarea,.part.bad select{border:3px solid #8A1717}.part .why{color:#8A1717;font-weight:600;margin:2px 0 8px;font-size:16px}.part .pair label{margin-bottom:6px}.part fieldset{border:0;margin:0;padding:0}.part legend{font-weight:600;padding:0}.pair{display:flex;gap:12px;align-items:end}.pair label{flex:1}.part textarea{min-height:84px;max-width:none}.part input:not([type=checkbox]),.part select{max-width:none}.given{background:#F5F1E7;border-radius:12px;padding:9px 12px;margin:6px 0 0}
ol.sheets{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(210px,1fr));gap:20px}.sheets li{display:flex;flex-direction:column;gap:8px;align-items:flex-start;min-width:0}.sheets img,.sheets .gap{display:block;width:100%;aspect-ratio:210/297;object-fit:contain;background:#EBE5D6;border:2px solid #D8D0BD;border-radius:8px}.sheets a{width:100%}.sheets .bad img{border:4px solid #8A1717}.sheets .missing .gap{border:3px dashed #8A1717;background:#fff;color:#8A1717;display:grid;place-items:center;font:700 42px "PT Serif",serif}.sheets .tag{border-radius:8px;align-items:flex-start}.sheets .tag svg{flex:none;margin-top:5px}
.paper{border:1px solid #B9B08F;padding:20px 22px;font:15px/1.45 "PT Serif",serif}.paper h3{text-align:center;font:700 16px "PT Serif",serif;margin:0 0 8px}.paper p{margin:0 0 8px}.paper p.bad{background:#FBE6E1}
.kept{white-space:pre-line;background:#F5F1E7;border-radius:12px;padding:9px 12px}
details.act{border-top:1px solid #D8D0BD;padding:4px 0}details.act[open]{padding-bottom:12px}details.act summary{min-height:44px;font-size:17px;display:flex;align-items:center;gap:10px}details.act summary:before{content:"▸";color:#0A5460}details.act[open] summary:before{content:"▾"}details.act .law{margin:6px 0 12px}fieldset{border:0;margin:0 0 14px;padding:0}legend{font-weight:600;padding:0}details{margin:4px 0 0}summary{cursor:pointer;color:#0A5460;font-size:15px;min-height:30px}.good{color:#0F5236;font-size:15px;font-weight:600}
.problem{border:5px solid #8A1717;background:#FBE6E1;border-radius:16px;padding:14px 20px;margin:0 0 20px;font-weight:600;color:#8A1717}.note{background:#FFF1CC;color:#573800;border-radius:12px;padding:12px 18px;margin:0 0 16px}
.law{color:#374A4F;font-size:15px;margin:-6px 0 12px}.paper+.law{margin:10px 0 0}
@page{margin:18mm 16mm 20mm;@bottom-right{content:counter(page) " / " counter(pages)}}
@media print{nav,form,.skip,.tabs,.bar{display:none}body{background:#fff;color:#000;display:block}main{padding:0;max-width:none}.two,.halves{display:block}.card,.stat{border:1px solid #000;break-inside:auto}tr,li{break-inside:avoid}a{color:#000;text-decoration:none}details>*{display:block}}
)";

// The ram's horn on its gold tile, and the icons of the design's 24-unit grid.
inline constexpr std::string_view horn_svg =
    R"(<svg width="52" height="52" viewBox="0 0 52 52" aria-hidden="true"><rect width="52" height="52" rx="12" fill="#F0B93A"/><g fill="none" stroke="#1E1500" stroke-width="4" stroke-linecap="round"><path d="M26 42V27c0-10-4-15-9-15s-8 4-8 8 3 7 6 7 5-2 5-5"/><path d="M26 27c0-10 4-15 9-15s8 4 8 8-3 7-6 7-5-2-5-5"/><path d="M20 36l6 6 6-6"/></g></svg>)";
inline constexpr std::string_view icon_home = R"(<svg width="22" height="22" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true"><path d="M3 11l9-8 9 8M6 9v11h12V9"/></svg>)";
inline constexpr std::string_view icon_inbox = R"(<svg width="22" height="22" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true"><path d="M3 13l3-9h12l3 9v7H3zM3 13h5l2 3h4l2-3h5"/></svg>)";
inline constexpr std::string_view icon_kiosk = R"(<svg width="22" height="22" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true"><path d="M4 4h16v11H4zM12 15v5M8 20h8"/></svg>)";
inline constexpr std::string_view icon_clock_large = R"(<svg width="22" height="22" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true"><circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 3"/></svg>)";
inline constexpr std::string_view icon_stamp = R"(<svg width="22" height="22" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M4 20h16M5 16h14v-3h-5c0-3 2-4 2-7a4 4 0 0 0-8 0c0 3 2 4 2 7H5z"/></svg>)";
inline constexpr std::string_view icon_paper = R"(<svg width="22" height="22" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6"/></svg>)";
inline constexpr std::string_view ornament_svg =
    R"(<svg class="orn" viewBox="0 0 204 26" fill="none" stroke="#B58E2E" stroke-width="2" stroke-linecap="round" aria-hidden="true"><path d="M1 24h202"/><path d="M25 22V13c0-5-3-9-7-9s-6 3-6 6 2 4 4 4M25 13c0-5 3-9 7-9s6 3 6 6-2 4-4 4M76 22V13c0-5-3-9-7-9s-6 3-6 6 2 4 4 4M76 13c0-5 3-9 7-9s6 3 6 6-2 4-4 4M127 22V13c0-5-3-9-7-9s-6 3-6 6 2 4 4 4M127 13c0-5 3-9 7-9s6 3 6 6-2 4-4 4M178 22V13c0-5-3-9-7-9s-6 3-6 6 2 4 4 4M178 13c0-5 3-9 7-9s6 3 6 6-2 4-4 4"/></svg>)";
inline constexpr std::string_view icon_check = R"(<svg width="16" height="16" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" aria-hidden="true"><path d="M4 12l6 6L20 6"/></svg>)";
inline constexpr std::string_view icon_warning = R"(<svg width="16" height="16" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" aria-hidden="true"><path d="M12 3l10 18H2zM12 10v5M12 18v.5"/></svg>)";
inline constexpr std::string_view icon_clock = R"(<svg width="16" height="16" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" aria-hidden="true"><circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 3"/></svg>)";

}  // namespace qabyl::sync::registry
