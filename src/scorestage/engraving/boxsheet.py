"""How LilyPond draws aleatoric boxes and the arrows to their cut-offs."""

from __future__ import annotations

BOXES = r"""
% ---- aleatoric boxes -------------------------------------------------------------------------
#(define (with-accidentals column system)
  (fold interval-union (ly:grob-extent column system X)
   (filter-map
    (lambda (head)
     (let ((sign (ly:grob-object head 'accidental-grob)))
      (and (ly:grob? sign) (ly:grob-extent sign system X))))
    (let ((heads (ly:grob-object column 'note-heads)))
     (if (ly:grob-array? heads) (ly:grob-array->list heads) '())))))
#(define (box-round grob)
  (box-of grob (ly:grob-array->list (ly:grob-object grob 'columns))))
#(define (box-round-one grob) (box-of grob (list (ly:grob-parent grob X))))
#(define (box-of grob columns)
  (let* ((system (if (ly:spanner? grob) (ly:grob-system grob) (ly:item-get-column grob)))
         (staff (ly:grob-common-refpoint grob (car columns) Y))
         (x (reduce interval-union '(0 . 0)
             (map (lambda (column) (with-accidentals column system)) columns)))
         (y (reduce interval-union '(0 . 0)
             (map (lambda (column) (ly:grob-extent column staff Y)) columns)))
         (left (- (car x) (ly:grob-relative-coordinate grob system X) 0.7))
         (right (+ left (interval-length x) 1.4))
         (own (ly:grob-relative-coordinate grob staff Y))
         (low (- (min (car y) -2) 0.9 own)) (high (- (+ (max (cdr y) 2) 0.9) own)))
   (apply ly:stencil-add
    (map (lambda (line) (apply make-line-stencil 0.22 line))
     `((,left ,low ,right ,low) (,right ,low ,right ,high)
       (,right ,high ,left ,high) (,left ,high ,left ,low))))))
boxedAlone =
  -\tweak stencil #box-round-one -\tweak Y-offset #0 -\tweak outside-staff-priority ##f
  -\tweak X-offset #0 -\tweak Y-extent #'(-4.6 . 4.6) -\tweak after-line-breaking ##f
  ^\markup \null
arrowToCutOff = {
  \once \override TextSpanner.style = #'line
  \once \override TextSpanner.thickness = #2.5
  \once \override TextSpanner.outside-staff-priority = ##f
  \once \override TextSpanner.Y-offset = #0
  \once \override TextSpanner.to-barline = ##t
  \once \override TextSpanner.bound-details.left.padding = #1.2
  \once \override TextSpanner.bound-details.right.padding = #0.8
  \once \override TextSpanner.bound-details.right.arrow = ##t
  \once \override TextSpanner.arrow-length = #1.2
  \once \override TextSpanner.arrow-width = #0.6
}
"""
"""Round the columns of a bracket (or of one note), accidentals and ledger lines within."""

BOX_CONTEXTS = r"""  \context { \Voice
    \consists "Horizontal_bracket_engraver"
    \override HorizontalBracket.stencil = #box-round
    \override HorizontalBracket.Y-offset = #0
    \override HorizontalBracket.Y-extent = #'(-4.6 . 4.6)
    \override HorizontalBracket.outside-staff-priority = ##f
  }
"""
