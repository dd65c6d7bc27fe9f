"""What every page shares, told to LilyPond once at the head of a source.

Sizes of words are in points on paper, whatever the staff size, so that a crowded score keeps its
film times readable. The tall time signatures are drawn when the page is laid out: only then is it
known how far apart the staves of a group stand.
"""

from __future__ import annotations

from scorestage.engraving.boxsheet import BOX_CONTEXTS, BOXES
from scorestage.engraving.glidesheet import GLIDES

STYLESHEET = r"""\version "2.24.0"
#(ly:set-option 'point-and-click #f)
\language "nederlands"
\paper {
  oddFooterMarkup = ##f
  evenFooterMarkup = ##f
  bookTitleMarkup = ##f
  scoreTitleMarkup = ##f
  ragged-last = ##f
}

#(define word-points 9)
% ---- sizes in points, whatever the staff size ----------------------------------------------
#(define-markup-command (pt layout props size said) (number? markup?)
  (let ((larger (/ size (ly:output-def-lookup layout 'text-font-size 11))))
   (interpret-markup layout
    (cons `((baseline-skip . ,(* larger 2.5)) (word-space . ,(* larger 0.6))
            (font-size . ,(magnification->font-size larger))) props)
    said)))
% ---- words over and under the staves -------------------------------------------------------
#(define-markup-command (film-time layout props shown) (string?)
  (interpret-markup layout props #{ \markup \pt #7.5 \sans #shown #}))
#(define-markup-command (beat-groups layout props shown) (string?)
  (interpret-markup layout props
   #{ \markup \pt #8 \bold \concat { "(" #shown ")" } #}))
#(define (hit-box props shown words thickness size)
  (let ((said (if (null? words) '()
         (list (make-left-column-markup (map make-simple-markup words))))))
   #{ \markup \sans \pt #size
      \override #'(word-space . 0.8) \override #'(baseline-skip . 1.9)
      \line { \bold \override #'(box-padding . 0.35) \override #`(thickness . ,thickness)
              \box #shown \bold \italic #(make-line-markup said) } #}))
#(define-markup-command (hit layout props shown words) (string? list?)
  (interpret-markup layout props (hit-box props shown words 1 8.5)))
#(define-markup-command (great-hit layout props shown words) (string? list?)
  (interpret-markup layout props (hit-box props shown words 3 9.5)))
#(define-markup-command (click-mark layout props shown) (string?)
  (interpret-markup layout props
   #{ \markup \sans \pt #9 \bold \override #'(box-padding . 0.3) \rounded-box #shown #}))
#(define-markup-command (streamer layout props shown) (string?)
  (interpret-markup layout props
   #{ \markup \sans \pt #8.5 \concat {
      \hspace #-5 \override #'(thickness . 3) \draw-line #'(4 . -1.6)
      \transparent \translate #'(0 . 1.2) \draw-line #'(6 . 0) \hspace #-6.6
      \translate #'(0 . -1.6) \draw-circle #0.55 #0.2 ##t
      \hspace #0.8 \translate #'(0 . -1.6) \italic #shown } #}))
#(define-markup-command (rehearsal layout props shown) (string?)
  (interpret-markup layout props
   #{ \markup \override #'(box-padding . 0.6) \override #'(thickness . 3)
      \box \pt #17 \bold #shown #}))
#(define-markup-command (direction layout props shown) (string?)
  (interpret-markup layout props #{ \markup \pt #13 \bold #shown #}))
#(define (beats-text log dots bpm click large small)
   #{ \markup \pt #large \concat { \fontsize #-1 \note-by-number #log #dots #UP
      \bold { " = " #bpm } "  " \pt #small \concat { "(" #click ")" } } #})
#(define-markup-command (beats layout props log dots bpm click) (integer? integer? string? string?)
  (interpret-markup layout props (beats-text log dots bpm click 14 11)))
#(define-markup-command (slight-beats layout props log dots bpm click)
  (integer? integer? string? string?)
  (interpret-markup layout props (beats-text log dots bpm click 10 8.5)))
#(define-markup-command (tempo-words layout props said beats) (string? markup?)
  (interpret-markup layout props
   #{ \markup \concat { \pt #14 \bold #said \hspace #1.2 #beats } #}))
#(define-markup-command (written-click layout props log dots said more)
  (integer? integer? string? string?)
  (interpret-markup layout props
   #{ \markup \pt #14 \concat { \fontsize #-1 \note-by-number #log #dots #UP
      "  " \bold #said
      #(if (string-null? more) "" #{ \markup \pt #11 \concat { "  (" #more ")" } #}) } #}))
#(define (forced dynamic)
  (make-music 'AbsoluteDynamicEvent
   'text (markup #:dynamic dynamic #:hspace 0.3 #:dynamic "sfz")))
forced-pppp = #(forced "pppp")
forced-ppp = #(forced "ppp")
forced-pp = #(forced "pp")
forced-p = #(forced "p")
forced-mp = #(forced "mp")
forced-mf = #(forced "mf")
forced-f = #(forced "f")
forced-ff = #(forced "ff")
forced-fff = #(forced "fff")
forced-ffff = #(forced "ffff")
#(define (dynamic-word said)
  (if (string-every (char-set #\p #\m #\f #\s #\r #\z #\n) said)
   (make-dynamic-markup said) (make-normal-text-markup (make-words-markup said))))
printedDynamic =
#(define-event-function (said) (list?)
  (make-music 'AbsoluteDynamicEvent 'text (make-line-markup (map dynamic-word said))))
#(define-markup-command (held layout props shown) (string?)
  (interpret-markup layout props
   #{ \markup \pt #11 \line { \musicglyph "scripts.ufermata" \bold #shown } #}))
#(define-markup-command (free layout props shown) (string?)
  (interpret-markup layout props
   #{ \markup \pt #12 \bold \line { "Free," #shown } #}))
#(define-markup-command (ramp layout props shown) (string?)
  (interpret-markup layout props #{ \markup \pt #12 \bold \italic #shown #}))
#(define-markup-command (chord-name layout props root quality bass) (string? string? string?)
  (interpret-markup layout props
   #{ \markup \pt #11 \sans \bold \concat {
      #root \fontsize #-2 \raise #0.6 #quality
      #(if (string-null? bass) "" (string-append "/" bass)) } #}))
#(define-markup-command (technique layout props shown) (string?)
  (interpret-markup layout props #{ \markup \pt #word-points \upright #shown #}))
#(define-markup-command (words layout props shown) (string?)
  (interpret-markup layout props #{ \markup \pt #word-points \italic #shown #}))
#(define-markup-command (left-lines layout props lines) (list?)
  (interpret-markup layout props (make-left-column-markup (map make-simple-markup lines))))
#(define-markup-command (right-lines layout props lines) (list?)
  (interpret-markup layout props (make-right-column-markup (map make-simple-markup lines))))
#(define-markup-command (centred-lines layout props lines) (list?)
  (interpret-markup layout props (make-center-column-markup (map make-simple-markup lines))))
#(define-markup-command (tacet layout props shown) (string?)
  (interpret-markup layout props
   #{ \markup \column { \vspace #14
      \fill-line { \pt #44 \bold "TACET" }
      \vspace #1 \fill-line { \pt #13 \italic #shown } } #}))
#(define ((printed size labels) number position alternative context)
  (if (and (< 0 number (1+ (vector-length labels))) (<= 0 (ly:moment-main position)))
   #{ \markup \pt #size \bold #(vector-ref labels (1- number)) #}
   (make-null-markup)))
#(define-markup-command (staff-name layout props lines) (list?)
  (interpret-markup layout props
   #{ \markup \pt #9 \right-column { #@(map make-simple-markup lines) } #}))
#(define (keep-inside grob)
  (let ((system (ly:grob-system grob)))
   (if (ly:grob? system)
    (let* ((edge (ly:grob-relative-coordinate (ly:spanner-bound system RIGHT) system X))
           (reach (+ (ly:grob-relative-coordinate grob system X)
                     (cdr (ly:stencil-extent (ly:grob-property grob 'stencil) X)))))
     (if (> reach edge) (ly:grob-translate-axis! grob (- edge reach) X))))))

% ---- tall time signatures ------------------------------------------------------------------
#(define (staff-of grob)
  (if (grob::has-interface grob 'hara-kiri-group-spanner-interface) grob
   (staff-of (ly:grob-parent grob Y))))
#(define (has-lines group)
  (and (grob::is-live? group)
   (any (lambda (grob) (grob::has-interface grob 'staff-symbol-interface))
    (ly:grob-array->list (ly:grob-object group 'elements)))))
#(define (staves-below grob count)
  (let* ((all (ly:grob-array->list (ly:grob-object
                (ly:grob-object (ly:grob-system grob) 'vertical-alignment) 'elements)))
         (rest (filter has-lines (memq (staff-of grob) all))))
   (list-head rest (min count (length rest)))))
#(define (tall-number grob number width height)
  (let* ((stencil (grob-interpret-markup grob
                   (markup #:override '(font-name . "C059 Bold") (number->string number))))
         (x (ly:stencil-extent stencil X)) (y (ly:stencil-extent stencil Y)))
   (ly:stencil-scale
    (ly:stencil-translate stencil (cons (- (interval-center x)) (- (car y))))
    (/ width (interval-length x)) (/ height (interval-length y)))))
#(define (tall-signature grob)
  (let* ((system (ly:grob-system grob))
         (count (ly:assoc-get 'staves (ly:grob-property grob 'details) 1))
         (zero (ly:grob-relative-coordinate grob system Y))
         (middles (map (lambda (staff) (- (ly:grob-relative-coordinate staff system Y) zero))
                   (staves-below grob count)))
         (top (+ (apply max middles) 2)) (bottom (- (apply min middles) 2))
         (height (min (* (- top bottom) (if (> count 2) 0.75 1)) 38))
         (middle (/ (+ top bottom) 2))
         (gap (if (> height 12) 1.0 0.3))
         (each (/ (- height gap) 2))
         (fraction (ly:grob-property grob 'fraction))
         (wide (lambda (number) (if (> number 9) 6.0 5.2)))
         (above (tall-number grob (car fraction) (wide (car fraction)) each))
         (below (tall-number grob (cdr fraction) (wide (cdr fraction)) each)))
   (ly:stencil-add
    (ly:stencil-translate-axis above (+ middle (/ gap 2)) Y)
    (ly:stencil-translate-axis below (- middle (/ gap 2) each) Y))))

% ---- rows over the system ------------------------------------------------------------------
rowOverStaves = \with {
  \override VerticalAxisGroup.staff-affinity = #DOWN
  \override VerticalAxisGroup.nonstaff-relatedstaff-spacing =
    #'((basic-distance . 4) (minimum-distance . 4) (padding . 1.3) (stretchability . 1))
  \override VerticalAxisGroup.nonstaff-nonstaff-spacing =
    #'((basic-distance . 2) (minimum-distance . 2) (padding . 0.7) (stretchability . 1))
  \override TextScript.direction = #UP
  \override TextScript.font-shape = #'upright
  \override TextScript.outside-staff-horizontal-padding = #1
  \override TextScript.outside-staff-padding = #0.5
  \override TextScript.after-line-breaking = #keep-inside
}
timelineRow = \with {
  \rowOverStaves
  \consists "Text_mark_engraver"
  \override TextMark.outside-staff-priority = ##f
  \override TextMark.Y-offset = #0
}
marksRow = \with {
  \rowOverStaves
  \consists "Mark_engraver"
  \consists "Metronome_mark_engraver"
  \override MetronomeMark.outside-staff-priority = #1000
  \override MetronomeMark.Y-offset = #0
  \override MetronomeMark.after-line-breaking = #keep-inside
  \override RehearsalMark.outside-staff-priority = #900
  \override RehearsalMark.outside-staff-horizontal-padding = #1
  \override RehearsalMark.Y-offset = #0
  \override RehearsalMark.self-alignment-X = #LEFT
  \override TextSpanner.style = #'dashed-line
  \override TextSpanner.bound-details.left.stencil-align-dir-y = #0
  \override TextSpanner.bound-details.left-broken.text = ##f
}

hiddenMeter = {
  \once \override Score.TimeSignature.transparent = ##t
  \once \override Score.TimeSignature.break-visibility = #all-invisible
}
hitsRow = \with { \rowOverStaves }
% A row between staves stands by itself: one that leans on the staff below would not give way to
% the low notes of the staff above.
amongStaves = \with {
  \override VerticalAxisGroup.staff-affinity = ##f
  \override VerticalAxisGroup.staff-staff-spacing =
    #'((basic-distance . 5) (minimum-distance . 4) (padding . 1.3) (stretchability . 1))
}
chordsRow = \with { \rowOverStaves }
tallSignature = \with {
  \override TimeSignature.cross-staff = ##t
  \override TimeSignature.stencil = #tall-signature
  \override TimeSignature.Y-extent = #'(-2 . 2)
}

% ---- page headers --------------------------------------------------------------------------
pageOf = \markup \concat {
  "Page " \fromproperty #'page:page-number-string
  " of " \page-ref #'end \fromproperty #'header:pageGauge "?"
}
#(define (on-page-one layout props)
  (= 1 (chain-assoc-get 'page:page-number props 0)))
scoreHeader = \markup \column {
  \fill-line {
    \pt #10 \left-column {
      \pt #24 \bold \sans \fromproperty #'header:cueNumber
      \bold \fromproperty #'header:pageKind
      \fromproperty #'header:versionLines
      \italic \fromproperty #'header:tacetLines
    }
    \pt #18 \center-column {
      \pt #12 \italic \fromproperty #'header:productionLines
      \vspace #0.2
      \pt #21 \bold \fromproperty #'header:cueTitleLines
    }
    \pt #11 \right-column {
      \fromproperty #'header:creditLines
      \vspace #0.3
      \bold \pageOf
    }
  }
  \if #on-page-one \column { \vspace #0.6 \pt #8 \fromproperty #'header:instrumentLines }
  \vspace #0.4
}
partFirstHeader = \markup \column {
  \fill-line {
    \pt #13 \left-column {
      \pt #20 \bold \fromproperty #'header:playerNameLines
      \vspace #0.2
      \italic \fromproperty #'header:transposition
      \pt #10 \fromproperty #'header:copies
      \pt #10 \fromproperty #'header:setUpLines
    }
    \pt #16 \center-column {
      \pt #11 \italic \fromproperty #'header:productionLines
      \vspace #0.2
      \pt #18 \bold \fromproperty #'header:cueTitleLines
    }
    \pt #10 \right-column {
      \pt #20 \bold \sans \fromproperty #'header:cueNumber
      \fromproperty #'header:versionLinesRight
      \vspace #0.2
      \fromproperty #'header:creditLines
    }
  }
  \vspace #0.3
}
partNextHeader = \markup \column {
  \fill-line {
    \pt #14 \bold \fromproperty #'header:playerName
    \pt #12 \line {
      \bold \sans \fromproperty #'header:cueNumber \fromproperty #'header:cueTitle
    }
    \pt #11 \line { \fromproperty #'header:version \bold \pageOf }
  }
  \vspace #0.5
}
partHeader = \markup {
  \if #on-page-one \partFirstHeader
  \unless #on-page-one \partNextHeader
}
"""
STYLESHEET += BOXES + GLIDES

EVERY_PAGE = r"""  \context { \Score
    \remove "Mark_engraver"
    \remove "Metronome_mark_engraver"
    \remove "Text_mark_engraver"
    autoAccidentals = #'()
    autoCautionaries = #'()
    extraNatural = ##f
    tupletFullLength = ##t
    \override PaperColumn.keep-inside-line = ##f
    \override NonMusicalPaperColumn.keep-inside-line = ##f
    \override Hairpin.to-barline = ##t
    \override DynamicLineSpanner.outside-staff-padding = #0.7
    \override DynamicLineSpanner.outside-staff-horizontal-padding = #0.5
    \override TupletBracket.bracket-visibility = #'if-no-beam
  }
  \context { \Staff
    \numericTimeSignature
    \override InstrumentName.self-alignment-X = #RIGHT
    \override InstrumentName.padding = #0.9
    \override TextScript.after-line-breaking = #keep-inside
  }
  \context { \PianoStaff
    \override InstrumentName.self-alignment-X = #RIGHT
    \override InstrumentName.padding = #2
  }
  \context { \GrandStaff
    \override InstrumentName.self-alignment-X = #RIGHT
    \override InstrumentName.padding = #2
  }
"""
EVERY_PAGE += BOX_CONTEXTS
"""Contexts of every `\\layout`: accidentals only as told, rows keep their own marks."""

LABEL_UNDER_EVERY_BAR = r"""  \context { \Score
    centerBarNumbers = ##t
    barNumberVisibility = #all-bar-numbers-visible
    \override CenteredBarNumberLineSpanner.direction = #DOWN
    \override CenteredBarNumberLineSpanner.padding = #2
    \override CenteredBarNumberLineSpanner.outside-staff-padding = #1.2
    \override CenteredBarNumberLineSpanner.outside-staff-horizontal-padding = #1.5
  }
"""

LINES_AS_TOLD = r"""  \context { \Score
    \override NonMusicalPaperColumn.line-break-permission = ##f
  }
"""
"""Systems end only where the source says `\\break`."""

SCORE_PAGE = r"""  \context { \Score
    \override MultiMeasureRest.minimum-length = #13
  }
"""
"""Scores: empty bars as wide as others."""

TALL_SIGNATURES = r"""  \context { \Staff
    \override TimeSignature.stencil = #(ly:make-stencil '() '(-2.9 . 2.9) '(-2 . 2))
    \override TimeSignature.X-extent = #'(-2.9 . 2.9)
    \override Clef.space-alist.time-signature = #'(extra-space . 1.0)
    \override TimeSignature.space-alist.first-note = #'(fixed-space . 4.4)
    \override TimeSignature.space-alist.next-note = #'(fixed-space . 4.4)
    \override TimeSignature.space-alist.right-edge = #'(extra-space . 2.8)
  }
"""
"""Every staff leaves the room, only those told to print one."""

PART_PAGE = r"""  \context { \Score
    skipBars = ##t
    \override MultiMeasureRest.expand-limit = #1
    \override MultiMeasureRest.thick-thickness = #5
    \override MultiMeasureRest.minimum-length = #16
    \override MultiMeasureRestNumber.font-size = #1
  }
  \context { \Staff
    \override TextScript.outside-staff-horizontal-padding = #1
    \override TimeSignature.font-size = #3
    \override TimeSignature.space-alist.first-note = #'(fixed-space . 2.5)
  }
"""
"""Parts: long rests as one, meters a little larger than life."""
