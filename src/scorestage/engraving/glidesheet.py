"""How a glissando from staff to staff is drawn where a line of the page ends before it does.

LilyPond's own line asks where both staves stand. For a piece of it on another line of the page that
answer is not there yet: asked too early, it fixes the staves where they do not fit on the page. So
each piece is drawn on the staff of its own note, a little up or down towards the other one.
"""

from __future__ import annotations

GLIDES = r"""
% ---- glissandi from staff to staff, over the end of a line ---------------------------------
#(define (glide-in-pieces grob)
  (if (eq? (ly:grob-original grob) grob) (ly:line-spanner::print grob)
   (let* ((whole (ly:grob-original grob))
          (key (lambda (end)
                (ly:pitch-semitones
                 (ly:event-property (event-cause (ly:spanner-bound whole end)) 'pitch))))
          (rise (if (< (key LEFT) (key RIGHT)) 2 -2))
          (left (ly:spanner-bound grob LEFT))
          (right (ly:spanner-bound grob RIGHT))
          (common (ly:grob-common-refpoint left right X))
          (here (ly:grob-relative-coordinate grob common X))
          (from (- (+ (cdr (ly:generic-bound-extent left common)) 0.5) here))
          (to (- (car (ly:generic-bound-extent right common)) 0.5 here))
          (head? (lambda (end) (grob::has-interface end 'note-head-interface)))
          (height (lambda (head) (/ (ly:grob-property head 'staff-position) 2.0))))
    (cond
     ((head? left)
      (make-line-stencil 0.15 from (height left) (max to (1+ from)) (+ (height left) rise)))
     ((head? right)
      (ly:grob-set-parent! grob Y (ly:grob-parent right Y))
      (make-line-stencil 0.15 (min from (1- to)) (- (height right) rise) to (height right)))
     (else #f)))))
"""
