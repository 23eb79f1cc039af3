/// The one stylesheet: light and dark, calm, readable at 200 % and on a narrow screen.
///
/// Texts have a contrast of at least 4.5 to 1, marks and edges of 3 to 1 (WCAG 2.2 § 1.4); each
/// colour says again what a word or a shape says already.
enum StyleSheet {
    static let text = """
        :root {
          --paper: #fbfaf7; --sheet: #ffffff; --ink: #1c2426; --soft: #4c5a5e; --line: #d5d9d6;
          --edge: #7b898c; --tint: #eef2f0; --link: #0f5473; --accent: #1d4e6b; --on-accent: #fff;
          --good: #1c6b3f; --mid: #8a5a00; --bad: #a12622; --unknown: #5b5470;
          --good-tint: #e6f2ea; --mid-tint: #fbf0da; --bad-tint: #fae7e5; --unknown-tint: #eeecf4;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #14191b; --sheet: #1b2225; --ink: #e8ecea; --soft: #aebabc; --line: #343e42;
            --edge: #7f8e92; --tint: #222b2e; --link: #86c5e6; --accent: #2c6a8e;
            --on-accent: #fff; --good: #7fd3a0; --mid: #ecc170; --bad: #f2a09b; --unknown: #c2b9de;
            --good-tint: #17332240; --mid-tint: #3a2c0c80; --bad-tint: #41191780;
            --unknown-tint: #2a263880;
          }
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
        body {
          margin: 0; background: var(--paper); color: var(--ink); line-height: 1.55;
          min-height: 100vh; display: flex; flex-direction: column;
          font-family: system-ui, "Noto Sans", "Noto Sans Arabic", "Noto Sans Devanagari",
            "Noto Sans Bengali", sans-serif;
        }
        .bar, main, .notices {
          width: 100%; max-width: 68rem; margin-inline: auto; padding-inline: clamp(1rem, 4vw, 2rem);
        }
        header { background: var(--sheet); border-block-end: 1px solid var(--line); }
        header .bar {
          display: flex; flex-wrap: wrap; align-items: center; gap: .4rem 1.5rem;
          padding-block: .7rem;
        }
        .mark {
          font-weight: 700; font-size: 1.15rem; letter-spacing: .01em; text-decoration: none;
          color: var(--ink); padding-block: .3rem;
        }
        .place {
          font-size: .75rem; font-weight: 600; border: 1px solid var(--edge); border-radius: 4px;
          padding: .1rem .35rem; vertical-align: 2px; color: var(--soft);
        }
        nav { flex: 1 1 auto; }
        nav ul {
          display: flex; flex-wrap: wrap; gap: .1rem 1.25rem; list-style: none; margin: 0;
          padding: 0;
        }
        nav a {
          display: block; padding-block: .35rem; color: var(--ink); text-decoration: none;
          border-block-end: 2px solid transparent;
        }
        nav a:hover { border-color: var(--edge); }
        nav a[aria-current] { border-color: var(--link); font-weight: 600; }
        .language { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; font-size: .9rem; }
        .language label { color: var(--soft); }
        .language .hint { flex-basis: 100%; margin: 0; color: var(--soft); font-size: .85rem; }
        .notices { margin-block-start: 1rem; font-size: .92rem; }
        .notices p {
          margin: 0 0 .4rem; padding: .45rem .8rem; background: var(--mid-tint);
          border-inline-start: 4px solid var(--mid); border-radius: 3px;
        }
        .notices .sample { font-weight: 600; }
        main { padding-block: 1.5rem 3rem; flex: 1 0 auto; }
        main:focus { outline: none; }
        h1 { font-size: clamp(1.55rem, 4.5vw, 2.2rem); line-height: 1.2; margin: .3rem 0 .8rem; }
        h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem; line-height: 1.3; }
        h3 { font-size: 1.02rem; margin: 1.2rem 0 .3rem; }
        .lead { font-size: 1.12rem; max-width: 46rem; color: var(--soft); }
        p, li { max-width: 50rem; overflow-wrap: anywhere; }
        a { color: var(--link); text-underline-offset: .15em; }
        :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
        .skip {
          position: absolute; inset-inline-start: .5rem; inset-block-start: -5rem; z-index: 2;
          background: var(--accent); color: var(--on-accent); padding: .6rem 1rem;
          border-radius: 4px;
        }
        .skip:focus { inset-block-start: .5rem; }
        code, pre { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .9em; }
        code { overflow-wrap: anywhere; }
        pre {
          background: var(--tint); padding: .9rem; border-radius: 6px; overflow: auto;
          white-space: pre-wrap; overflow-wrap: anywhere; direction: ltr; text-align: start;
        }
        .cards {
          display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr));
          padding: 0; list-style: none; margin: 1.6rem 0;
        }
        .cards li { max-width: none; }
        .card {
          display: block; height: 100%; background: var(--sheet); border: 1px solid var(--line);
          border-radius: 10px; padding: 1.1rem 1.2rem; text-decoration: none; color: var(--ink);
        }
        a.card:hover { border-color: var(--link); }
        .card strong { display: block; font-size: 1.1rem; color: var(--link); }
        .card span { display: block; margin-block-start: .3rem; color: var(--soft); }
        .first { border: 2px solid var(--accent); }
        .wide { overflow-x: auto; margin-block: .6rem 1.2rem; border-radius: 8px; }
        table {
          border-collapse: collapse; width: 100%; background: var(--sheet); font-size: .95rem;
        }
        caption {
          text-align: start; font-weight: 600; padding-block: .2rem .5rem; background: var(--paper);
        }
        th, td {
          text-align: start; vertical-align: top; padding: .5rem .7rem;
          border-block-end: 1px solid var(--line);
        }
        thead th { background: var(--tint); font-weight: 600; }
        td.number, th.number { text-align: end; font-variant-numeric: tabular-nums; }
        td p { margin: 0 0 .3rem; }
        td p, td li, td code, th code { overflow-wrap: break-word; }
        .when { white-space: nowrap; }
        td ul { margin: 0; padding-inline-start: 1.1rem; }
        dl {
          display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: .3rem 1.2rem;
          margin-block: .8rem;
        }
        dt { color: var(--soft); }
        dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
        dd p { margin: 0 0 .3rem; }
        .tag {
          display: inline-block; padding: .05rem .5rem; border-radius: 1rem; font-size: .88rem;
          border: 1px solid currentColor; font-weight: 600; white-space: nowrap;
        }
        .good { color: var(--good); } .mid { color: var(--mid); } .bad { color: var(--bad); }
        .unknown { color: var(--unknown); }
        .tag.good { background: var(--good-tint); } .tag.mid { background: var(--mid-tint); }
        .tag.bad { background: var(--bad-tint); } .tag.unknown { background: var(--unknown-tint); }
        .verdict {
          border: 1px solid var(--line); border-inline-start-width: 8px; border-radius: 10px;
          padding: 1rem 1.3rem; background: var(--sheet); margin-block: 1rem;
        }
        .verdict p { margin: .2rem 0; }
        .verdict .word { font-size: 1.7rem; font-weight: 750; line-height: 1.2; }
        .verdict.good { border-color: var(--good); } .verdict.mid { border-color: var(--mid); }
        .verdict.bad { border-color: var(--bad); }
        .verdict.unknown { border-color: var(--unknown); }
        .verdict p:not(.word) { color: var(--ink); }
        .checks { list-style: none; padding: 0; }
        .checks li {
          display: grid; grid-template-columns: 2rem 1fr; gap: .1rem .4rem; max-width: none;
          padding: .5rem 0; border-block-end: 1px solid var(--line);
        }
        .checks svg { margin-block-start: .2rem; }
        .checks b { margin-inline-end: .5rem; }
        .why { font-size: .95rem; min-width: 20rem; }
        form.ask { display: grid; gap: 1.1rem; max-width: 44rem; }
        .ask label, .ask legend { display: block; font-weight: 600; margin-block-end: .25rem; }
        .ask .hint { font-weight: 400; color: var(--soft); font-size: .92rem; margin: .2rem 0 0; }
        .pair { display: grid; gap: 1.1rem; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); }
        input, select, textarea, button {
          font: inherit; color: inherit; background: var(--sheet); border: 1px solid var(--edge);
          border-radius: 6px; padding: .45rem .6rem; max-width: 100%; min-height: 2.5rem;
        }
        .ask input, .ask select, .ask textarea { width: 100%; }
        textarea { min-height: 7rem; resize: vertical; direction: ltr; }
        button { cursor: pointer; font-weight: 600; }
        button.main {
          background: var(--accent); color: var(--on-accent); border-color: var(--accent);
          padding-inline: 1.6rem; justify-self: start; font-size: 1.05rem;
        }
        .go {
          display: inline-block; background: var(--accent); color: var(--on-accent);
          border-radius: 6px; padding: .5rem 1.1rem; text-decoration: none; font-weight: 600;
        }
        .language select, .language button { padding: .2rem .5rem; min-height: 2rem; }
        .drop { border: 2px dashed var(--edge); border-radius: 10px; padding: 1rem; }
        .drop.over { border-color: var(--link); background: var(--tint); }
        .drop input { border: 0; background: none; padding-inline: 0; }
        #camera { margin-block-start: .8rem; }
        #camera video { display: block; width: 100%; max-width: 30rem; margin-block: .6rem 0;
          border-radius: 8px; background: #000; }
        #camera [hidden] { display: none; }
        .search { display: flex; flex-wrap: wrap; gap: .5rem; margin-block: 1rem; max-width: 44rem; }
        .search input { flex: 1 1 14rem; }
        svg text { fill: var(--ink); font: 14px system-ui, "Noto Sans", sans-serif; }
        svg .soft { fill: var(--soft); }
        svg .edge { stroke: var(--edge); fill: none; stroke-width: 1.5; }
        svg .bar-fill { fill: var(--accent); }
        svg .box { fill: var(--sheet); stroke: var(--edge); }
        svg .good { fill: var(--good); stroke: var(--good); }
        svg .mid { fill: var(--mid); stroke: var(--mid); }
        svg .bad { fill: var(--bad); stroke: var(--bad); }
        svg .unknown { fill: var(--unknown); stroke: var(--unknown); }
        svg .line { fill: none; stroke-width: 2.2; }
        svg .paper { fill: none; stroke: var(--sheet); stroke-width: 2.4; }
        .drawing { background: var(--sheet); border: 1px solid var(--line); border-radius: 10px;
          padding: .8rem; overflow-x: auto; direction: ltr; }
        .drawing svg { display: block; min-width: 34rem; width: 100%; height: auto; }
        table.levels { width: auto; }
        .levels td, .levels th { text-align: center; min-width: 4.2rem; }
        .levels th:first-child { text-align: start; min-width: 2.5rem; }
        .levels td.step { background: var(--tint); border-inline: 4px solid var(--sheet); }
        .levels .partly { border: 1px dashed var(--edge); border-radius: 4px; padding: 0 .3rem; }
        .matrix td { text-align: center; font-variant-numeric: tabular-nums; }
        .matrix td a { display: inline-block; min-width: 1.8rem; padding: .1rem .3rem; }
        footer {
          border-block-start: 1px solid var(--line); background: var(--sheet); font-size: .92rem;
          color: var(--soft);
        }
        footer .bar { padding-block: 1.2rem 2rem; }
        footer .charge { color: var(--ink); font-weight: 600; }
        footer p { margin: .2rem 0; }
        @media (max-width: 46rem) {
          .stack, .stack tbody, .stack tr, .stack td, .stack caption { display: block; }
          .stack { background: none; }
          .stack thead {
            position: absolute; width: 1px; height: 1px; overflow: hidden;
            clip-path: inset(50%); white-space: nowrap;
          }
          .stack tr {
            background: var(--sheet); border: 1px solid var(--line); border-radius: 10px;
            padding: .5rem .9rem; margin-block-end: .8rem;
          }
          .stack td { border: 0; padding: .3rem 0; }
          .stack td::before {
            content: attr(data-label); display: block; color: var(--soft); font-size: .85rem;
          }
          .stack td p, .stack td li, .stack td code { overflow-wrap: anywhere; }
          .stack td.number { text-align: start; }
          .stack .why { min-width: 0; }
        }
        @media (max-width: 34rem) {
          dl { grid-template-columns: 1fr; gap: 0; }
          dd { margin-block-end: .5rem; }
          .checks li { grid-template-columns: 1.6rem 1fr; }
        }
        @media print {
          :root {
            --paper: #fff; --sheet: #fff; --ink: #000; --soft: #333; --line: #999; --edge: #666;
            --tint: #fff; --link: #000; --good: #1c6b3f; --mid: #8a5a00; --bad: #a12622;
            --unknown: #5b5470; --good-tint: #fff; --mid-tint: #fff; --bad-tint: #fff;
            --unknown-tint: #fff;
          }
          header nav, .language, .skip, form, footer p:not(.charge) { display: none; }
          body { background: #fff; color: #000; }
          main a { color: inherit; text-decoration: none; }
          main, .bar { max-width: none; padding-inline: 0; }
          .verdict, .card, .drawing { break-inside: avoid; }
        }

        """
}
